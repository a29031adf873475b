// A titled part of a panel that can be folded away.

import { caretDownIcon } from '@jupyterlab/ui-components';
import { type ISignal, Signal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';

export class Section extends Widget {
  constructor(options: Section.IOptions) {
    super();
    this.addClass('mlnb-Section');
    this.sectionId = options.id;
    this.content = options.content;
    this.node.dataset['section'] = options.id;
    this._button = document.createElement('button');
    this._label = document.createElement('span');
    const header = this._buildHeader();
    const layout = (this.layout = new PanelLayout());
    layout.addWidget(header);
    layout.addWidget(this.content);
    this.content.addClass('mlnb-Section-content');
    this.content.id = `mlnb-section-${options.id}`;
    this._button.setAttribute('aria-controls', this.content.id);
    this.content.title.changed.connect(this._showTitle, this);
    this._showTitle();
    this.isCollapsed = options.isCollapsed ?? false;
  }

  readonly sectionId: string;
  readonly content: Widget;

  /** Emitted when the user folds or unfolds the section. */
  get toggled(): ISignal<this, boolean> {
    return this._toggled;
  }

  get isCollapsed(): boolean {
    return this.content.isHidden;
  }

  set isCollapsed(collapsed: boolean) {
    this.content.setHidden(collapsed);
    this.toggleClass('mlnb-mod-collapsed', collapsed);
    this._button.setAttribute('aria-expanded', String(!collapsed));
  }

  private _buildHeader(): Widget {
    const heading = document.createElement('h3');
    heading.className = 'mlnb-Section-header';
    this._button.type = 'button';
    this._button.className = 'mlnb-Section-toggle';
    this._button.append(caretDownIcon.element({ className: 'mlnb-Section-caret', tag: 'span' }), this._label);
    this._button.addEventListener('click', () => {
      this.isCollapsed = !this.isCollapsed;
      this._toggled.emit(this.isCollapsed);
    });
    heading.append(this._button);
    return new Widget({ node: heading });
  }

  private _showTitle(): void {
    this._label.textContent = this.content.title.label;
  }

  private readonly _button: HTMLButtonElement;
  private readonly _label: HTMLSpanElement;
  private readonly _toggled = new Signal<this, boolean>(this);
}

export namespace Section {
  export interface IOptions {
    /** What the section is remembered by. */
    id: string;
    /** Its title is the title of the section. */
    content: Widget;
    isCollapsed?: boolean;
  }
}
