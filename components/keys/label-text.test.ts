import { describe, expect, it } from 'vitest';
import { labelsToText, textToLabels } from './label-text';

describe('labels as text', () => {
  it('reads back what it wrote', () => {
    const labels = { env: 'prod', formula: 'a=b', empty: '' };
    expect(textToLabels(labelsToText(labels))).toEqual({ labels, fault: null });
  });

  it.each([
    ['env', 'Line 1 is not of the form name = value.'],
    ['\n = x', 'Line 2 is not of the form name = value.'],
    ['a = 1\na = 2', '“a” stands twice.'],
  ])('refuses %j', (text, fault) => {
    expect(textToLabels(text)).toEqual({ labels: null, fault });
  });
});
