// Package sheet is the CSV of the portal: files of customers become rows with line-numbered complaints,
// and refused rows become a file again. It knows the format and nothing of databases; what a row means
// is judged by the verb that is given it.
//
// A file is UTF-8, with or without a byte order mark, its columns separated by commas or by semicolons.
// Its first line names the columns, in any order. Memory does not grow with the file: it is read row by
// row, and a row, a cell and the number of columns have limits.
package sheet
