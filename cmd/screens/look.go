package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// look makes all visits, a few at a time.
func (g *gauge) look(b *chromium, origin string, tabs int) error {
	todo := make(chan visit)
	ctx, cancel := context.WithCancelCause(b.ctx)
	defer cancel(nil)
	var busy sync.WaitGroup
	for range max(1, tabs) {
		busy.Go(func() {
			if err := g.work(b, origin, todo); err != nil {
				cancel(err)
			}
		})
	}
	for _, v := range g.visits {
		select {
		case todo <- v:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(todo)
	busy.Wait()
	return context.Cause(ctx)
}

func (g *gauge) work(b *chromium, origin string, todo <-chan visit) error {
	t, err := b.open()
	if err != nil {
		return err
	}
	defer t.close()
	for v := range todo {
		f := finding{What: v.state.ID + ", " + v.theme}
		if f.Problems, err = g.visit(t, origin, v); err != nil {
			f.Problems = append(f.Problems, err.Error())
		}
		if len(f.Problems) > 0 {
			g.found(f)
		} else {
			g.fine()
		}
	}
	return nil
}

// visit looks at one state in one theme, at every width, and takes the pictures asked for.
func (g *gauge) visit(t *tab, origin string, v visit) (problems []string, err error) {
	if err := t.visit(origin, v.state, v.theme, widths[0]); err != nil {
		return nil, err
	}
	for i, at := range widths {
		if i > 0 {
			if err := t.resize(at); err != nil {
				return problems, err
			}
		}
		more, err := t.fits(at)
		if err != nil {
			return problems, err
		}
		problems = append(problems, more...)
		for _, p := range v.pictures {
			if p.size != at {
				continue
			}
			if err := g.take(t, p); err != nil {
				return problems, err
			}
		}
	}
	// axe comes last, so that no picture shows it.
	for _, at := range v.axeAt() {
		more, err := t.usable(at)
		if err != nil {
			return problems, err
		}
		problems = append(problems, more...)
	}
	return append(problems, t.watch.all()...), nil
}

// axeAt are the windows for axe: a narrow one shows other controls, a dark one only other colours.
func (v visit) axeAt() []size {
	if v.theme == "light" {
		return []size{widths[len(widths)-1], widths[0]}
	}
	return widths[:1]
}

// fits says whether something sticks out of the window.
func (t *tab) fits(at size) ([]string, error) {
	over, err := t.overflow()
	if err != nil || over <= 0 {
		return nil, err
	}
	return []string{fmt.Sprintf("at %d wide the page is %d pixels wider than the window", at.width, over)}, nil
}

// usable says what keeps people from using the page in a window of this size.
func (t *tab) usable(at size) (problems []string, err error) {
	if err := t.resize(at); err != nil {
		return nil, err
	}
	violations, err := t.axe()
	for _, v := range violations {
		problems = append(problems, fmt.Sprintf("at %d wide: %s", at.width, v))
	}
	return problems, err
}

// take takes a picture and has it judged.
func (g *gauge) take(t *tab, p picture) error {
	actual, err := t.shoot(p.full)
	if err != nil {
		return fmt.Errorf("taking a picture: %w", err)
	}
	return g.judge(p, actual)
}

// judge compares a picture with the accepted one, or accepts it.
func (g *gauge) judge(p picture, actual []byte) error {
	file := filepath.Join(g.accepted, p.name()+".png")
	if g.accept {
		g.fine()
		return errors.Join(os.MkdirAll(g.accepted, 0o755), os.WriteFile(file, actual, 0o644))
	}
	accepted, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		g.found(finding{What: p.name(), Actual: actual, Problems: []string{"nobody accepted this picture yet (make accept-pictures only='" + p.state + "')"}})
		return nil
	}
	if err != nil {
		return err
	}
	says, diff, err := compare(accepted, actual)
	switch {
	case err != nil:
		return err
	case says == "":
		g.fine()
	case g.otherBrowser():
		g.skip()
	default:
		g.found(finding{What: p.name(), Problems: []string{says}, Accepted: accepted, Actual: actual, Diff: diff})
	}
	return nil
}
