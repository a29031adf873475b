import { render } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { Prose } from '../../src/parts/prose';

describe('Prose', () => {
  it.each([
    ['`predict` reads `model`.', '<code>predict</code> reads <code>model</code>.'],
    ['plain', 'plain'],
    ['one ` alone', 'one ` alone'],
    ['<b>`<i>`</b>', '&lt;b&gt;<code>&lt;i&gt;</code>&lt;/b&gt;'],
    ['', '']
  ])('shows “%s”', (message, html) => {
    expect(render(<Prose>{message}</Prose>).container.innerHTML).toBe(html);
  });
});
