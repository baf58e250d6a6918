package portal_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"mooring/models"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// fileOf reads any file as so many new customers.
func fileOf(n int) models.ReadSheet {
	return func([]byte) (models.ImportSheet, error) {
		var rows []models.ImportRow
		for i := range n {
			rows = append(rows, wished(fmt.Sprintf("Mill %d", i), ref(fmt.Sprint("M-", i)), plan(demo.Standard, 5)))
		}
		return models.ImportSheet{Recognised: []string{"company"}, Rows: numbered(rows...)}, nil
	}
}

func send(t testing.TB, w *portaltest.World, who models.Actor, key string) string {
	t.Helper()
	id, _, err := w.SendFile(ctx, who, models.UploadWish{FileName: "mills.csv", Content: []byte("x"), FormKey: key})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// ended waits until a file is imported.
func ended(t testing.TB, w *portaltest.World, who models.Actor, id string, read models.ReadSheet) models.ImportCheck {
	t.Helper()
	for range 3000 {
		check, err := w.CheckFile(ctx, who, id, read)
		if err != nil {
			t.Fatal(err)
		}
		if check.Done() {
			return check
		}
		if !check.Running {
			t.Fatal("the import neither runs nor is done")
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the import does not end")
	return models.ImportCheck{}
}

func TestAFileIsImportedOnceHoweverOftenItIsAskedFor(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		id := send(t, w, ines, "")
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := w.ImportFile(ctx, ines, id, fileOf(30)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()

		check, err := w.CheckFile(ctx, ines, id, fileOf(30))
		if err != nil || !check.Done() || check.Report.Created != 30 || check.Report.Accounts != 30 {
			t.Errorf("%+v, %v", check.Report, err)
		}
		w.Sound(t)
	})
}

func TestTheSameFormKeepsOneFile(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		one, again, other := send(t, w, ines, "key"), send(t, w, ines, "key"), send(t, w, ines, "another")
		if one != again || one == other {
			t.Errorf("%s, %s, %s", one, again, other)
		}
	})
}

func TestAFileIsImportedToItsEndWhenItsPageIsClosed(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		id := send(t, w, ines, "")
		leaving, leave := context.WithCancel(ctx)
		read := func(content []byte) (models.ImportSheet, error) {
			s, err := fileOf(450)(content)
			all := s.Rows
			s.Rows = func(yield func(models.ImportRow, error) bool) {
				for row, err := range all {
					if row.Line == 100 {
						leave()
					}
					if !yield(row, err) {
						return
					}
				}
			}
			return s, err
		}
		if err := w.ImportFile(leaving, ines, id, read); err != nil {
			t.Fatal(err)
		}
		if check := ended(t, w, ines, id, fileOf(450)); check.Report.Created != 450 {
			t.Errorf("%+v", check.Report)
		}
	})
}

func TestAnImportThatBrokeOffCanBeAskedForAgain(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		id := send(t, w, ines, "")
		broken := errors.New("the disk is full")
		failing := func([]byte) (models.ImportSheet, error) {
			return models.ImportSheet{Rows: func(yield func(models.ImportRow, error) bool) { yield(models.ImportRow{}, broken) }}, nil
		}
		if err := w.ImportFile(ctx, ines, id, failing); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if err := w.ImportFile(ctx, ines, id, fileOf(3)); err != nil {
			t.Fatal(err)
		}
		if check, err := w.CheckFile(ctx, ines, id, fileOf(3)); err != nil || check.Report.Created != 3 {
			t.Errorf("%+v, %v", check.Report, err)
		}
	})
}

func TestWhoCannotSeeAFileCannotImportIt(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		id := send(t, w, w.Actor(t, demo.Ines), "")
		for who, want := range map[string]models.ProblemKind{demo.Tom: models.NotFound, demo.Noor: models.NotFound, demo.Sofia: models.NotFound, demo.Maya: models.Forbidden, demo.Helen: models.Forbidden} {
			if err := w.ImportFile(ctx, w.Actor(t, who), id, fileOf(3)); !models.IsProblem(err, want) {
				t.Errorf("%s: %v", who, err)
			}
			if _, err := w.CheckFile(ctx, w.Actor(t, who), id, fileOf(3)); !models.IsProblem(err, want) {
				t.Errorf("%s: %v", who, err)
			}
		}
	})
}

func TestOfManyFilesTheNewestAreKept(t *testing.T) {
	w := portaltest.New(t)
	ines := w.Actor(t, demo.Ines)
	first := send(t, w, ines, "")
	for range models.MaxUploads {
		w.Pass(time.Second)
		send(t, w, ines, "")
	}
	if _, err := w.CheckFile(ctx, ines, first, fileOf(1)); !models.IsProblem(err, models.NotFound) {
		t.Errorf("the oldest is still there: %v", err)
	}
}

func TestFilesAreSweptAfterADay(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		ines := w.Actor(t, demo.Ines)
		old := send(t, w, ines, "")
		w.Pass(models.UploadLife - time.Minute)
		young := send(t, w, ines, "")
		if _, err := w.CheckFile(ctx, ines, old, fileOf(1)); err != nil {
			t.Errorf("a minute early: %v", err)
		}
		w.Pass(time.Minute)
		if err := w.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := w.CheckFile(ctx, ines, old, fileOf(1)); !models.IsProblem(err, models.NotFound) {
			t.Errorf("after a day: %v", err)
		}
		if _, err := w.CheckFile(ctx, ines, young, fileOf(1)); err != nil {
			t.Errorf("the young one: %v", err)
		}
	})
}

func TestThePortalClosesInTheMiddleOfAnImport(t *testing.T) {
	w := portaltest.New(t)
	ines := w.Actor(t, demo.Ines)
	id := send(t, w, ines, "")
	begun := make(chan struct{})
	slow := func(content []byte) (models.ImportSheet, error) {
		s, err := fileOf(100_000)(content)
		all := s.Rows
		s.Rows = func(yield func(models.ImportRow, error) bool) {
			close(begun)
			all(yield)
		}
		return s, err
	}
	answer := make(chan error)
	go func() { answer <- w.ImportFile(ctx, ines, id, slow) }()
	<-begun
	w.Close()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if check, err := w.CheckFile(ctx, ines, id, fileOf(1)); err != nil || check.Running || check.Done() {
		t.Errorf("running %v, done %v, %v", check.Running, check.Done(), err)
	}
	if err := w.ImportFile(ctx, ines, id, fileOf(1)); err == nil {
		t.Error("a portal that is closed imports")
	}
}
