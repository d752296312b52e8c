import { computed, reactive, watch } from 'vue';
import { recall, remember } from '@/api/ids';

export type Tool = 'hand' | 'pen' | 'highlighter' | 'eraser' | 'laser' | 'line' | 'rect' | 'ellipse' | 'arrow';

export const shapes: Tool[] = ['line', 'rect', 'ellipse', 'arrow'];
export const palette = ['ink', 'red', 'orange', 'yellow', 'green', 'blue', 'purple', 'white'];
/** Thousandths of the page's width: fine, middle, bold. */
export const widths = [2, 4, 8];
const highlighterFactor = 5;
const memory = 'classroom.pen';

interface Pen {
  color: string;
  width: number;
}

/** What is in the hand of this page; colour and width are remembered on the device. */
export function useTools() {
  const kept = recall<Pen>(memory);
  const state = reactive<Pen & { tool: Tool }>({ tool: 'hand', color: palette.includes(kept?.color ?? '') ? kept!.color : 'ink', width: widths.includes(kept?.width ?? 0) ? kept!.width : widths[1]! });
  watch(
    () => [state.color, state.width],
    () => remember(memory, { color: state.color, width: state.width }),
  );
  const draws = computed(() => state.tool !== 'hand');
  /** Of the stroke: a highlighter is broad, and never black. */
  const stroke = computed(() => (state.tool === 'highlighter' ? { color: state.color === 'ink' ? 'yellow' : state.color, width: state.width * highlighterFactor } : { color: state.color, width: state.width }));
  return { state, draws, stroke };
}

export type Tools = ReturnType<typeof useTools>;
