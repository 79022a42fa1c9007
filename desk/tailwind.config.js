import preset from 'frappe-ui/tailwind'

export default {
  presets: [preset],
  content: [
    './index.html',
    './src/**/*.{vue,ts}',
    './node_modules/frappe-ui/src/**/*.{vue,js,ts}',
    './node_modules/frappe-ui/frappe/**/*.{vue,js,ts}',
  ],
}
