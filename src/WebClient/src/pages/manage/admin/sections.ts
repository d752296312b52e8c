import { Building2, GraduationCap, Handshake, Landmark, ListChecks, Presentation, UserCog } from '@lucide/vue';
import type { Component } from 'vue';
import type { AccountRole } from '@/generated/contracts';
import type zh from '@/i18n/manage/zh';

export type TextKey = keyof typeof zh;
export type SectionKey = 'regions' | 'schools' | 'classrooms' | 'pairs' | 'classes' | 'accounts' | 'presets';

/** A row of any section, as the server gives it. */
export type AdminRow = { id: string } & Record<string, unknown>;

/** Where the choices of a field come from. */
export type ChoiceSource = 'regions' | 'schools' | 'roles';

export interface AdminField {
  key: string;
  label: TextKey;
  kind: 'text' | 'choice' | 'choices' | 'seats' | 'switch' | 'password' | 'count' | 'number' | 'selfTest';
  source?: ChoiceSource;
  required?: boolean;
  maxLength?: number;
  hint?: TextKey;
  /** Shown in the table; default true. */
  column?: boolean;
  /** Shown in the form; default true. */
  input?: boolean;
}

export interface AdminSection {
  key: SectionKey;
  icon: Component;
  fields: AdminField[];
  /** What a new row starts from. */
  blank: () => Record<string, unknown>;
  mayEdit: AccountRole[];
  /** Accounts are disabled, never deleted: what they made stays theirs. */
  mayDelete: boolean;
}

const administrator: AccountRole[] = ['Administrator'];

export const sections: AdminSection[] = [
  {
    key: 'regions', icon: Landmark, mayEdit: administrator, mayDelete: true,
    blank: () => ({ name: '' }),
    fields: [{ key: 'name', label: 'name', kind: 'text', required: true, maxLength: 64 }],
  },
  {
    key: 'schools', icon: Building2, mayEdit: administrator, mayDelete: true,
    blank: () => ({ name: '', shortName: '', regionId: null, lineKbps: null }),
    fields: [
      { key: 'name', label: 'name', kind: 'text', required: true, maxLength: 64 },
      { key: 'shortName', label: 'shortName', kind: 'text', required: true, maxLength: 6, hint: 'shortNameHint' },
      { key: 'regionId', label: 'region', kind: 'choice', source: 'regions', required: true },
      { key: 'lineKbps', label: 'lineKbps', kind: 'number', hint: 'lineKbpsHint' },
    ],
  },
  {
    key: 'classrooms', icon: Presentation, mayEdit: ['Administrator', 'Technician'], mayDelete: true,
    blank: () => ({ name: '', schoolId: null, schoolName: '', seats: ['TeacherCloseUp'] }),
    fields: [
      { key: 'name', label: 'name', kind: 'text', required: true, maxLength: 64 },
      { key: 'schoolId', label: 'school', kind: 'choice', source: 'schools', required: true },
      { key: 'seats', label: 'seats', kind: 'seats', required: true },
      { key: 'selfTest', label: 'selfTest', kind: 'selfTest', input: false },
    ],
  },
  {
    key: 'pairs', icon: Handshake, mayEdit: administrator, mayDelete: true,
    blank: () => ({ name: '', schoolIds: [] }),
    fields: [
      { key: 'name', label: 'name', kind: 'text', required: true, maxLength: 64 },
      { key: 'schoolIds', label: 'pairSchools', kind: 'choices', source: 'schools', required: true },
    ],
  },
  {
    key: 'classes', icon: GraduationCap, mayEdit: administrator, mayDelete: true,
    blank: () => ({ name: '', schoolId: null, pupilCount: 0 }),
    fields: [
      { key: 'name', label: 'name', kind: 'text', required: true, maxLength: 64 },
      { key: 'schoolId', label: 'school', kind: 'choice', source: 'schools', required: true },
      { key: 'pupilCount', label: 'pupils', kind: 'count', input: false },
    ],
  },
  {
    key: 'accounts', icon: UserCog, mayEdit: administrator, mayDelete: false,
    blank: () => ({ userName: '', displayName: '', role: 'Teacher', schoolId: null, regionId: null, subject: '', isDisabled: false, password: '' }),
    fields: [
      { key: 'userName', label: 'userName', kind: 'text', required: true, maxLength: 64, hint: 'userNameHint' },
      { key: 'displayName', label: 'displayName', kind: 'text', required: true, maxLength: 64 },
      { key: 'role', label: 'role', kind: 'choice', source: 'roles', required: true },
      { key: 'schoolId', label: 'school', kind: 'choice', source: 'schools' },
      { key: 'regionId', label: 'region', kind: 'choice', source: 'regions', column: false },
      { key: 'subject', label: 'subject', kind: 'text', maxLength: 32 },
      { key: 'isDisabled', label: 'disabled', kind: 'switch' },
      { key: 'password', label: 'password', kind: 'password', column: false, hint: 'passwordHint' },
    ],
  },
  {
    key: 'presets', icon: ListChecks, mayEdit: administrator, mayDelete: true,
    blank: () => ({
      name: '', leastSeconds: null, mostSeconds: null, mostOpeningSeconds: null, width: null, height: null, isExactSize: false, leastKbps: null, mostKbps: null,
      soundKbps: null, mostMegabytes: null,
    }),
    fields: [
      { key: 'name', label: 'name', kind: 'text', required: true, maxLength: 40 },
      { key: 'leastSeconds', label: 'leastSeconds', kind: 'number', hint: 'presetHint' },
      { key: 'mostSeconds', label: 'mostSeconds', kind: 'number' },
      { key: 'mostOpeningSeconds', label: 'mostOpeningSeconds', kind: 'number', column: false },
      { key: 'width', label: 'pictureWidth', kind: 'number' },
      { key: 'height', label: 'pictureHeight', kind: 'number' },
      { key: 'isExactSize', label: 'isExactSize', kind: 'switch', column: false },
      { key: 'leastKbps', label: 'leastKbps', kind: 'number', column: false },
      { key: 'mostKbps', label: 'mostKbps', kind: 'number', column: false },
      { key: 'soundKbps', label: 'soundKbps', kind: 'number', column: false },
      { key: 'mostMegabytes', label: 'mostMegabytes', kind: 'number' },
    ],
  },
];

/** What is wrong with a form, by field; empty when it can be sent. */
export function missingFields(section: AdminSection, values: Record<string, unknown>, isNew: boolean): string[] {
  return section.fields
    .filter((field) => field.input !== false && (field.required || (field.kind === 'password' && isNew)))
    .filter((field) => isEmpty(values[field.key]))
    .map((field) => field.key);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}
