'use server';

import type { z } from 'zod';
import {
  chooseMailSchema,
  markAllReadSchema,
  markReadSchema,
} from '@/lib/domain/notifications/notification-input';
import { chooseMail } from '@/lib/server/notifications/mail-choices';
import { markAllRead, markRead } from '@/lib/server/notifications/mark-read';
import { runAction } from './run-action';

export async function markReadAction(input: z.input<typeof markReadSchema>) {
  return runAction(markReadSchema, input, markRead);
}

export async function markAllReadAction(input: z.input<typeof markAllReadSchema>) {
  return runAction(markAllReadSchema, input, markAllRead);
}

export async function chooseMailAction(input: z.input<typeof chooseMailSchema>) {
  return runAction(chooseMailSchema, input, chooseMail);
}
