import { computed, shallowRef } from 'vue';
import { ApiFailure, http } from '@/api/http';
import type { AccountRole, Me, PasswordChange, SetupRequest, SignInRequest } from '@/generated/contracts';

/** Who is signed in: null for nobody, undefined while not yet asked. */
const account = shallowRef<Me | null | undefined>(undefined);

export const me = computed(() => account.value ?? null);

export function hasRole(...roles: AccountRole[]): boolean {
  return me.value !== null && roles.includes(me.value.role);
}

/** Asks the server once; throws only when the server cannot be reached. */
export async function loadSession(): Promise<Me | null> {
  if (account.value !== undefined) return account.value;
  try {
    account.value = await http.get<Me>('/api/me');
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.status !== 401) throw error;
    account.value = null;
  }
  return account.value;
}

export async function signIn(request: SignInRequest): Promise<Me> {
  return (account.value = await http.post<Me>('/api/sign-in', request));
}

export async function setUp(request: SetupRequest): Promise<Me> {
  return (account.value = await http.post<Me>('/api/setup', request));
}

export async function signOut(): Promise<void> {
  await http.post('/api/sign-out');
  account.value = null;
}

export async function changePassword(change: PasswordChange): Promise<void> {
  await http.post('/api/me/password', change);
  if (account.value) account.value = { ...account.value, mustChangePassword: false };
}

export function forgetSession(): void {
  account.value = null;
}
