import { z } from 'zod';
import { topics } from './topic';

export const listNotificationsSchema = z.object({
  isUnreadOnly: z.boolean().default(false),
  limit: z.number().int().min(1).max(500).default(50),
});

export const markReadSchema = z.object({ ids: z.array(z.uuid()).min(1).max(500) });

/** Everything that was told until then; what came after stays unread. */
export const markAllReadSchema = z.object({ until: z.iso.datetime() });

export const chooseMailSchema = z.object({ topic: z.enum(topics), isMailed: z.boolean() });
