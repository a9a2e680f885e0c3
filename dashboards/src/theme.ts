import { createTheme, type MantineColorsTuple } from '@mantine/core';

const harbour: MantineColorsTuple = [
  '#eaf4f8',
  '#d5e6ee',
  '#a8cddd',
  '#78b2cb',
  '#529cbc',
  '#3a8db3',
  '#1f6f94',
  '#0d5a7c',
  '#0d4a63',
  '#08374b',
];

const brick: MantineColorsTuple = [
  '#fcebe9',
  '#f7d5d2',
  '#ecaba6',
  '#df7f78',
  '#d25b52',
  '#c5453c',
  '#b0322a',
  '#ab2b24',
  '#8d211b',
  '#701812',
];

export const theme = createTheme({
  colors: { harbour, brick },
  primaryColor: 'harbour',
  primaryShade: 7,
  defaultRadius: 'md',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  focusRing: 'auto',
  components: {
    // Grey 6 on white is below 4.5:1; hints must be readable too.
    InputWrapper: { styles: { description: { color: 'var(--ink-soft)' } } },
  },
});
