'use server';

import type { z } from 'zod';
import {
  archiveTeamSchema,
  assignKeysSchema,
  createTeamSchema,
  setTeamMemberSchema,
  updateTeamSchema,
} from '@/lib/domain/teams/team-input';
import { archiveTeam } from '@/lib/server/teams/archive-team';
import { assignKeys } from '@/lib/server/teams/assign-keys';
import { createTeam } from '@/lib/server/teams/create-team';
import { setTeamMember } from '@/lib/server/teams/set-team-member';
import { updateTeam } from '@/lib/server/teams/update-team';
import { runAction } from './run-action';

export async function createTeamAction(input: z.input<typeof createTeamSchema>) {
  return runAction(createTeamSchema, input, createTeam);
}

export async function updateTeamAction(input: z.input<typeof updateTeamSchema>) {
  return runAction(updateTeamSchema, input, updateTeam);
}

export async function archiveTeamAction(input: z.input<typeof archiveTeamSchema>) {
  return runAction(archiveTeamSchema, input, archiveTeam);
}

export async function setTeamMemberAction(input: z.input<typeof setTeamMemberSchema>) {
  return runAction(setTeamMemberSchema, input, setTeamMember);
}

export async function assignKeysAction(input: z.input<typeof assignKeysSchema>) {
  return runAction(assignKeysSchema, input, assignKeys);
}
