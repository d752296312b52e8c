import { ref, shallowRef, type Ref } from 'vue';
import { Fingers, type Place } from './fingers';
import { touches } from './hit';
import type { LiveStroke } from './painter';
import { evenPressure, mostPoints, snap, type InkPoint } from './points';
import { shapes, type Tool } from './tools';
import type { Board } from './useBoard';
import type { useView } from './useView';

/** A line begins anew when a second finger comes this soon: it was meant to move the page. */
const secondFingerMs = 250;
/** Points closer than this add nothing, in CSS pixels. */
const leastStep = 0.8;
const eraserRadius = 12;
/** The eraser at the other end of a pen. */
const eraserButton = 32;

/**
 * Pens, mice and fingers on a page. A pen draws, and from its first touch on fingers only move the page, so that a palm
 * leaves nothing; without a pen one finger draws. Two fingers move and zoom.
 */
export function useDrawing(element: Ref<HTMLElement | null>, board: Board, place: ReturnType<typeof useView>) {
  const growing = shallowRef<LiveStroke | null>(null);
  const hasStylus = ref(false);
  const fingers = new Fingers();
  let drawing: { pointer: number; id: string; tool: Tool; points: InkPoint[]; last: Place; since: number } | null = null;
  let rubbed: string[] = [];

  const toolOf = (event: PointerEvent): Tool => (event.buttons & eraserButton ? 'eraser' : board.tools.state.tool);

  function spot(event: PointerEvent): Place {
    const box = element.value!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  function point(event: PointerEvent): InkPoint {
    const { x, y } = spot(event);
    const view = place.view.value;
    const pressure = event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : evenPressure;
    return snap([(x - view.left) / view.width, (y - view.top) / view.width, pressure]);
  }

  function onDown(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    element.value!.setPointerCapture(event.pointerId);
    hasStylus.value ||= event.pointerType === 'pen';
    const tool = toolOf(event);
    const draws = board.mayDraw.value && tool !== 'hand' && (event.pointerType !== 'touch' || !hasStylus.value);
    if (event.pointerType === 'touch') {
      fingers.down(event.pointerId, spot(event));
      if (fingers.count > 1) return letGo(event.timeStamp);
    }
    if (draws && !drawing) begin(event, tool);
  }

  function begin(event: PointerEvent, tool: Tool): void {
    drawing = { pointer: event.pointerId, id: board.begin(), tool, points: [point(event)], last: spot(event), since: event.timeStamp };
    rubbed = [];
    go(event);
  }

  function onMove(event: PointerEvent): void {
    if (event.pointerType === 'touch') fingers.move(event.pointerId, spot(event));
    if (drawing?.pointer === event.pointerId) {
      for (const each of coalesced(event)) go(each);
    } else if (fingers.count > 1 || (fingers.count === 1 && !drawing && place.zoom.value > 1)) {
      place.moving.value = fingers.movement();
    }
  }

  /** The line goes on to here. */
  function go(event: PointerEvent): void {
    const { tool, points, last } = drawing!;
    const here = spot(event);
    const next = point(event);
    if (tool === 'eraser') return rub(next);
    if (tool === 'laser') return board.passing.laser(board.surface.value!, 'red', next);
    if (shapes.includes(tool)) drawing!.points = [points[0]!, next];
    else if (points.length < 2 || Math.hypot(here.x - last.x, here.y - last.y) >= leastStep) {
      points.push(next);
      drawing!.last = here;
      if (points.length >= mostPoints) return goOn(next);
    }
    showGrowing();
  }

  function showGrowing(): void {
    const { id, tool, points } = drawing!;
    const style = board.tools.stroke.value;
    growing.value = { tool, ...style, points };
    if (board.drawsForAll.value) board.passing.stroke({ surface: board.surface.value!, id, tool, ...style }, points);
  }

  /** A very long line is several strokes. */
  function goOn(from: InkPoint): void {
    board.finish(drawing!.id, drawing!.tool, drawing!.points);
    board.passing.finish();
    drawing = { ...drawing!, id: board.begin(), points: [from] };
  }

  function onUp(event: PointerEvent): void {
    fingers.up(event.pointerId);
    if (place.moving.value && fingers.count === 0) place.settle();
    if (drawing?.pointer !== event.pointerId) return;
    const { id, tool, points } = drawing;
    drawing = null;
    growing.value = null;
    if (tool === 'laser') return board.passing.laser(board.surface.value!, 'red', null);
    board.passing.finish();
    if (tool === 'eraser') board.erased(rubbed);
    else if (!shapes.includes(tool) || (points.length === 2 && Math.hypot(points[1]![0] - points[0]![0], points[1]![1] - points[0]![1]) > 0.004)) board.finish(id, tool, points);
  }

  /** Taken away by the system: what is drawn stays. */
  const onCancel = (event: PointerEvent) => onUp(event);

  function letGo(now: number): void {
    if (!drawing || drawing.tool === 'eraser' || drawing.tool === 'laser') return;
    if (now - drawing.since < secondFingerMs || drawing.points.length < 4) {
      drawing = null;
      growing.value = null;
      board.passing.finish();
    }
  }

  function rub([x, y]: InkPoint): void {
    const { ink } = board.session.lesson.board;
    const radius = eraserRadius / place.view.value.width;
    const hit = board.layers.value.flatMap((layer) => [...ink.on(layer)]).filter((stroke) => board.mayErase(stroke) && touches(stroke, x, y, radius));
    const ids = hit.map((stroke) => stroke.data.id);
    rubbed.push(...ids);
    ink.remove(ids);
  }

  return { growing, hasStylus, onDown, onMove, onUp, onCancel };
}

function coalesced(event: PointerEvent): PointerEvent[] {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length > 0 ? all : [event];
}
