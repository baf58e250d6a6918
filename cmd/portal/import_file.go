package main

import (
	"errors"
	"io"
	"os"

	"mooring/models/sheet"
)

// maxImport is how large a file may be: 200 MiB.
const maxImport = 200 << 20

// openImport opens the file. The standard input is kept in a temporary file, because it is read twice.
func openImport(name string, stdin io.Reader) (*os.File, func(), error) {
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, nil, err
		}
		return file, func() { _ = file.Close() }, nil
	}
	file, err := os.CreateTemp("", "portal-import-*.csv")
	if err != nil {
		return nil, nil, err
	}
	done := func() {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
	if _, err = io.Copy(file, io.LimitReader(stdin, maxImport+1)); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return file, done, nil
}

// checkImport reads the file to its end once, and then its header again.
func checkImport(file *os.File) (*sheet.Customers, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxImport {
		return nil, errors.New("the file is larger than 200 MiB")
	}
	if _, err := sheet.Check(file); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return sheet.ReadCustomers(file)
}

// openRefusals begins the file of refused rows. done writes what is left and closes it.
func openRefusals(f importFlags, of *sheet.Customers) (refusals *sheet.Refusals, done func() error, err error) {
	if same(f.file, f.refused) {
		return nil, nil, errors.New("the refused rows need a file of their own")
	}
	out, err := os.OpenFile(f.refused, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, nil, err
	}
	refusals = sheet.NewRefusals(out, of)
	return refusals, func() error { return errors.Join(refusals.Flush(), out.Close()) }, nil
}

func same(a, b string) bool {
	one, err := os.Stat(a)
	other, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(one, other)
}
