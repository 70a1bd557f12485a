// Package intake reads official documents as they are published (signed gazette PDFs, Word files,
// web pages) into the tree of their provisions, and writes them as draft content for people to
// check. It also compares a new version of a document with content and says what rests on the
// provisions that changed.
//
// It never invents a provision: an article, clause or point is one only where its number follows
// the one before. What it doubts it notes, with the page and line.
package intake
