import preset from 'frappe-ui/tailwind'

export default {
  presets: [preset],
  /** `touch:` is for screens without a mouse, where nothing can be dragged or pointed at. */
  plugins: [({ addVariant }) => addVariant('touch', '@media (hover: none)')],
  content: [
    './index.html',
    './src/**/*.{vue,ts}',
    './node_modules/frappe-ui/src/**/*.{vue,js,ts}',
    './node_modules/frappe-ui/frappe/**/*.{vue,js,ts}',
  ],
}
