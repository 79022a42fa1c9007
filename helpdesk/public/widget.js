/* A button on any website that opens the help desk's form in a frame. Load it with
   <script src="https://desk.example.com/widget.js" data-key="…" data-label="Help" async></script>.
   Pages may call HelpdeskWidget.open() and HelpdeskWidget.close(). */
(() => {
  const script = document.currentScript
  const { key, label = 'Help', closeLabel = 'Close', side = 'right', colour = '#171717' } = script?.dataset ?? {}
  if (!key || window.HelpdeskWidget) return
  const address = `${new URL(script.src).origin}/widget/${encodeURIComponent(key)}`
  const host = document.createElement('div')
  // Styles of the page do not reach into a shadow root, nor do ours reach out.
  const root = host.attachShadow({ mode: 'open' })
  const css = new CSSStyleSheet()
  css.replaceSync(`
    :host { all: initial; }
    button { font: 500 16px/1 system-ui, sans-serif; cursor: pointer; border: 0; }
    button:focus-visible { outline: 3px solid #6ea8fe; outline-offset: 2px; }
    .launch { position: fixed; bottom: 20px; z-index: 2147483000; min-height: 48px; padding: 0 20px; border-radius: 24px;
      color: #fff; background: #171717; box-shadow: 0 2px 12px rgb(0 0 0 / 0.25); }
    .panel { position: fixed; bottom: 84px; z-index: 2147483000; width: 380px; height: min(600px, calc(100dvh - 104px));
      display: flex; flex-direction: column; overflow: hidden; border-radius: 12px; background: Canvas;
      color: CanvasText; color-scheme: light dark; border: 1px solid rgb(128 128 128 / 0.4);
      box-shadow: 0 8px 40px rgb(0 0 0 / 0.3); }
    .panel[hidden] { display: none; }
    .close { align-self: flex-end; min-width: 44px; min-height: 44px; background: none; color: inherit; font-size: 22px; }
    iframe { flex: 1; width: 100%; border: 0; }
    @media (max-width: 480px) { .panel { inset: 0 !important; width: auto; height: auto; border: 0; border-radius: 0; } }
    @media print { :host { display: none; } }`)
  root.adoptedStyleSheets = [css]

  const edge = side === 'left' ? 'left' : 'right'
  const launch = make('button', 'launch', label)
  launch.type = 'button'
  launch.setAttribute('aria-expanded', 'false')
  launch.style[edge] = '20px'
  if (CSS.supports('color', colour)) launch.style.background = colour
  const panel = make('div', 'panel')
  panel.hidden = true
  panel.style[edge] = '20px'
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-label', label)
  const shut = make('button', 'close', '×')
  shut.type = 'button'
  shut.setAttribute('aria-label', closeLabel)
  panel.append(shut)
  root.append(launch, panel)

  let frame = null
  function make(tag, name, text = '') {
    const made = document.createElement(tag)
    made.className = name
    made.textContent = text
    return made
  }
  function open() {
    if (!frame) {
      frame = document.createElement('iframe')
      frame.src = address
      frame.title = label
      frame.referrerPolicy = 'no-referrer'
      panel.append(frame)
    }
    panel.hidden = false
    launch.setAttribute('aria-expanded', 'true')
    shut.focus()
  }
  function close() {
    if (panel.hidden) return
    panel.hidden = true
    launch.setAttribute('aria-expanded', 'false')
    launch.focus()
  }
  launch.addEventListener('click', () => (panel.hidden ? open() : close()))
  shut.addEventListener('click', close)
  root.addEventListener('keydown', (event) => event.key === 'Escape' && close())
  window.HelpdeskWidget = { open, close }
  if (document.body) document.body.append(host)
  else document.addEventListener('DOMContentLoaded', () => document.body.append(host))
})()
