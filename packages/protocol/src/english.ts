import * as z from 'zod/mini'

/*
 * Imported for its effect: shapes that do not fit say why, in English. Servers want that for their error messages;
 * browsers spare the weight.
 */
z.config(z.locales.en())
