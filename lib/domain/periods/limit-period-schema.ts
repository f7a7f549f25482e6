import { z } from 'zod';
import { limitPeriods } from './limit-period';

export const limitPeriodSchema = z.enum(limitPeriods);
