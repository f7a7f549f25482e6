import type { Config } from 'tailwindcss';
import plugin from 'tailwindcss/plugin';

/** Colour tokens; both palettes have the same names, and every text pair meets WCAG 2.2 AA (contrast.test.ts). */
export const palette = {
  light: {
    paper: '#fbfaf8',
    panel: '#ffffff',
    sunk: '#f4f2ee',
    line: '#e7e3dc',
    'line-strong': '#d3cdc3',
    edge: '#8f897e',
    ink: '#1d1b18',
    muted: '#6b665d',
    accent: '#1f5f5b',
    'accent-strong': '#184c49',
    'accent-soft': '#e3efed',
    'on-accent': '#ffffff',
    warn: '#a84b08',
    'warn-fill': '#b45309',
    'warn-soft': '#fdf1dc',
    bad: '#b42318',
    'bad-strong': '#911a11',
    'bad-soft': '#fdebea',
    'on-bad': '#ffffff',
    ok: '#28734a',
    'ok-fill': '#2f7d4f',
    'ok-soft': '#e6f3ea',
    overlay: 'rgb(29 27 24 / 0.4)',
    'series-1': '#1f5f5b',
    'series-2': '#d98e32',
    'series-3': '#6a6fb5',
    'series-4': '#b6574a',
    'series-5': '#8aa35b',
    'series-6': '#b9b2a4',
  },
  dark: {
    paper: '#151412',
    panel: '#1c1b18',
    sunk: '#232220',
    line: '#2d2b27',
    'line-strong': '#45423b',
    edge: '#7d776b',
    ink: '#efece5',
    muted: '#a39d90',
    accent: '#5fb3ab',
    'accent-strong': '#7cc6bf',
    'accent-soft': '#1d2f2d',
    'on-accent': '#10201e',
    warn: '#e5a24a',
    'warn-fill': '#e5a24a',
    'warn-soft': '#33270f',
    bad: '#f08a7f',
    'bad-strong': '#f5a59c',
    'bad-soft': '#3a1d1a',
    'on-bad': '#2a0f0c',
    ok: '#79c296',
    'ok-fill': '#79c296',
    'ok-soft': '#173022',
    overlay: 'rgb(0 0 0 / 0.55)',
    'series-1': '#5fb3ab',
    'series-2': '#e2a559',
    'series-3': '#9a9edb',
    'series-4': '#d98477',
    'series-5': '#a9c27d',
    'series-6': '#7d776b',
  },
} as const;

type Token = keyof typeof palette.light;
const tokens = Object.keys(palette.light) as Token[];

function toVariables(values: Record<Token, string>): Record<string, string> {
  return Object.fromEntries(tokens.map((token) => [`--${token}`, values[token]]));
}

const config: Config = {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  darkMode: 'selector',
  theme: {
    extend: {
      colors: Object.fromEntries(tokens.map((token) => [token, `var(--${token})`])),
      fontFamily: {
        sans: ['var(--font-geist-sans)', 'system-ui', 'sans-serif'],
        mono: ['var(--font-geist-mono)', 'ui-monospace', 'monospace'],
      },
      fontSize: {
        '2xs': ['11px', '16px'],
        xs: ['12px', '16px'],
        sm: ['13px', '19px'],
        base: ['14px', '21px'],
        lg: ['17px', '24px'],
        xl: ['20px', '26px'],
        '2xl': ['27px', '32px'],
      },
      borderRadius: { tag: '5px', control: '7px', panel: '10px' },
      boxShadow: { float: '0 12px 32px -8px rgb(0 0 0 / 0.22), 0 2px 6px rgb(0 0 0 / 0.06)' },
      keyframes: {
        'row-glow': { from: { backgroundColor: 'var(--accent-soft)' } },
        'fade-in': { from: { opacity: '0' } },
        'fade-out': { to: { opacity: '0' } },
        'pop-in': { from: { opacity: '0', transform: 'translateY(4px) scale(0.985)' } },
        'sheet-in': { from: { transform: 'translateX(100%)' } },
        'sheet-out': { to: { transform: 'translateX(100%)' } },
        'drawer-in': { from: { transform: 'translateX(-100%)' } },
        'drawer-out': { to: { transform: 'translateX(-100%)' } },
        breathe: { '50%': { opacity: '0.55' } },
        indeterminate: { from: { transform: 'translateX(-100%)' }, to: { transform: 'translateX(350%)' } },
      },
      animation: {
        'row-glow': 'row-glow 2.4s ease-out 1',
        'fade-in': 'fade-in 120ms ease-out',
        'fade-out': 'fade-out 100ms ease-in forwards',
        'pop-in': 'pop-in 130ms ease-out',
        'sheet-in': 'sheet-in 200ms cubic-bezier(0.2, 0.8, 0.2, 1)',
        'sheet-out': 'sheet-out 140ms ease-in forwards',
        'drawer-in': 'drawer-in 200ms cubic-bezier(0.2, 0.8, 0.2, 1)',
        'drawer-out': 'drawer-out 140ms ease-in forwards',
        breathe: 'breathe 1.8s ease-in-out infinite',
        indeterminate: 'indeterminate 1.4s ease-in-out infinite',
      },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({
        ':root': { ...toVariables(palette.light), colorScheme: 'light' },
        '.dark': { ...toVariables(palette.dark), colorScheme: 'dark' },
      });
    }),
  ],
};

export default config;
