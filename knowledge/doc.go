// Package knowledge is the law as data: documents and their provisions, figures by date, answer
// cards, procedures and wards, with the types they are made of. It holds pure values and
// functions: no network, no database, no clock.
package knowledge
