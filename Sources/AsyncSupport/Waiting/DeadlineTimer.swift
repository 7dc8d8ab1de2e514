import HeapModule
import Synchronization

/// Waits for many moments with one task. Adding a moment is O(log n), and costs no task of its own.
package final class DeadlineTimer<Element: Sendable>: Sendable {
    private struct Entry: Comparable {
        let moment: ContinuousClock.Instant
        let element: Element

        static func < (left: Entry, right: Entry) -> Bool { left.moment < right.moment }
        static func == (left: Entry, right: Entry) -> Bool { left.moment == right.moment }
    }

    private let entries = Mutex(Heap<Entry>())
    private let signal = WakeSignal()

    /// Without moments.
    package init() {}

    /// Passes `element` on at `moment`.
    package func add(_ element: Element, at moment: ContinuousClock.Instant) {
        let isNext = entries.withLock { entries in
            let isNext = entries.min.map { moment < $0.moment } ?? true
            entries.insert(Entry(moment: moment, element: element))
            return isNext
        }
        if isNext { signal.signal() }
    }

    /// Passes elements to `body`, each when its moment has come, until the task is cancelled.
    package func run(_ body: (Element) -> Void) async {
        while !Task.isCancelled {
            let (due, next) = takeDue()
            for element in due { body(element) }
            guard due.isEmpty else { continue }
            if let next { await signal.wait(atMost: next - .now) } else { await signal.wait() }
        }
    }

    private func takeDue() -> (due: [Element], next: ContinuousClock.Instant?) {
        entries.withLock { entries in
            let now = ContinuousClock.now
            var due: [Element] = []
            while let first = entries.min, first.moment <= now {
                entries.removeMin()
                due.append(first.element)
            }
            return (due, entries.min?.moment)
        }
    }
}
