import type { Metadata } from 'next';
import { notFound } from 'next/navigation';

export const metadata: Metadata = { title: 'Not found' };

/** Every address without a page, so that whoever is signed in keeps the console around the answer. */
export default function MissingPage() {
  notFound();
}
