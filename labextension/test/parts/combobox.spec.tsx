import { fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Combobox, type IChoice } from '../../src/parts/combobox';

const CHOICES: IChoice[] = [
  { value: '', label: 'None' },
  { value: 'rain', label: 'rain · 2015-12-31', details: ['1,461 rows', 'newest'] },
  { value: 'wind', label: 'wind · 2014-12-31', details: ['1,096 rows'] },
  { value: 'broken', label: 'snow', problem: 'It cannot be read.' }
];

describe('Combobox', () => {
  const onChoose = vi.fn();
  const draw = (changes: Partial<React.ComponentProps<typeof Combobox>> = {}) =>
    render(
      <Combobox
        id="c"
        name="c"
        value="rain"
        choices={CHOICES}
        onChoose={onChoose}
        nothing="Nothing fits."
        more={left => `${left} more`}
        {...changes}
      />
    );
  const box = () => screen.getByRole<HTMLInputElement>('combobox');
  const labels = () => screen.queryAllByRole('option').map(each => each.textContent);
  const active = () =>
    document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.dataset.value;
  const press = (key: string) => fireEvent.keyDown(box(), { key });

  beforeEach(() => onChoose.mockClear());

  it('shows what is chosen, closed', () => {
    draw();
    expect([box().value, box().getAttribute('aria-expanded'), labels()]).toEqual([
      'rain · 2015-12-31',
      'false',
      []
    ]);
  });

  it('opens on arrow down at what is chosen, and takes with Enter what the arrows reach', () => {
    draw();
    press('ArrowDown');
    expect([box().getAttribute('aria-expanded'), active(), labels().length]).toEqual(['true', 'rain', 4]);
    press('ArrowDown');
    expect(active()).toBe('wind');
    press('Enter');
    expect([onChoose.mock.calls, box().getAttribute('aria-expanded')]).toEqual([[['wind']], 'false']);
  });

  it('filters by all words typed, also in the details', () => {
    draw();
    fireEvent.change(box(), { target: { value: 'ROWS 2014' } });
    expect(labels()).toEqual(['wind · 2014-12-311,096 rows']);
    press('Enter');
    expect(onChoose.mock.calls).toEqual([['wind']]);
  });

  it('says that nothing fits', () => {
    draw();
    fireEvent.change(box(), { target: { value: 'fog' } });
    expect([labels(), screen.getByRole('listbox').textContent]).toEqual([[], 'Nothing fits.']);
    press('Enter');
    expect(onChoose.mock.calls).toEqual([]);
  });

  it('closes on Escape, and only then lets it through', () => {
    const outer = vi.fn();
    render(
      <div onKeyDown={event => outer(event.key)}>
        <Combobox id="d" name="d" value="" choices={CHOICES} onChoose={onChoose} nothing="" more={() => ''} />
      </div>
    );
    fireEvent.change(box(), { target: { value: 'wi' } });
    press('Escape');
    expect([box().value, outer.mock.calls]).toEqual(['None', []]);
    press('Escape');
    expect(outer.mock.calls).toEqual([['Escape']]);
  });

  it('takes with a click, but not what has a problem', () => {
    draw();
    fireEvent.click(box());
    fireEvent.click(screen.getByText('snow'));
    expect([onChoose.mock.calls, screen.getByText('It cannot be read.')]).toEqual([[], expect.anything()]);
    fireEvent.click(screen.getByText('wind · 2014-12-31'));
    expect(onChoose.mock.calls).toEqual([['wind']]);
  });

  it('shows a hundred of many, and how many are left', () => {
    draw({
      choices: Array.from({ length: 1000 }, (_, index) => ({ value: `${index}`, label: `n${index}` }))
    });
    fireEvent.click(box());
    expect([labels().length, screen.getByText('900 more')]).toEqual([100, expect.anything()]);
  });

  it('is typed over also where the choices came after the focus', () => {
    const view = draw({ choices: [{ value: 'rain', label: 'Loading…' }] });
    box().focus();
    view.rerender(
      <Combobox
        id="c"
        name="c"
        value="rain"
        choices={CHOICES}
        onChoose={onChoose}
        nothing=""
        more={() => ''}
      />
    );
    expect([box().selectionStart, box().selectionEnd]).toEqual([0, 'rain · 2015-12-31'.length]);
  });

  it('stays closed when it is disabled', () => {
    draw({ disabled: true });
    fireEvent.click(box());
    expect(labels()).toEqual([]);
  });
});
