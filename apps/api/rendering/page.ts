/** What a page's controller returns: a page to render, or where to go next. */

/** A field of a form that has to be put right: `field` is the id of its input. */
export interface FormError {
  field: string;
  text: string;
}

/** What every view is given; the rest is the view's own. */
export interface PageModel {
  /** The page's heading and the first part of its title. */
  title: string;
  /** Shown as the error summary above the page, each linked to its field. */
  errors?: FormError[];
  /** True for pages with wide tables. */
  wide?: boolean;
  [name: string]: unknown;
}

export class Page {
  constructor(
    readonly view: string,
    readonly model: PageModel,
    readonly status: number,
  ) {}
}

/**
 * A page from a view.
 * @param view the template's path below apps/api, for example 'plans/plan.njk'
 * @param status 200, or 422 for a form with errors
 */
export function page(view: string, model: PageModel, status = model.errors?.length ? 422 : 200): Page {
  return new Page(view, model, status);
}

/** Something that the next page tells, once. */
export interface Told {
  title: string;
  text: string;
}

export class SeeOther {
  constructor(
    readonly address: string,
    readonly told: Told | undefined,
  ) {}
}

/**
 * Sends the browser to another page after a form has done its work (so that reloading does not send the form again).
 * @param address a path of this application
 * @param text what the next page tells, for example 'The plan has been submitted.'
 */
export function seeOther(address: string, text?: string): SeeOther {
  return new SeeOther(address, text === undefined ? undefined : { title: 'Done', text });
}
