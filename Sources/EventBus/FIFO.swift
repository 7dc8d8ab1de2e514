/// A queue: appends at the end, takes from the front, both in constant time on average.
///
/// Inlinable, because generic code that is not specialised takes several times as long, and queues are on every way.
package struct FIFO<Element> {
    @usableFromInline var elements: [Element?] = []
    @usableFromInline var head = 0

    @inlinable
    package init() {}

    @inlinable
    package var count: Int { elements.count - head }

    @inlinable
    package var isEmpty: Bool { count == 0 }

    @inlinable
    package mutating func append(_ element: Element) {
        elements.append(element)
    }

    @inlinable
    package mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        let element = elements[head]
        elements[head] = nil
        head += 1
        if head == elements.count {
            elements.removeAll(keepingCapacity: head <= 1_024)
            head = 0
        } else if head >= 1_024, head * 2 >= elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }

    /// Puts elements before all others; takes as long as the queue is.
    @inlinable
    package mutating func prepend(_ others: [Element]) {
        elements.replaceSubrange(..<head, with: others.map(Optional.some))
        head = 0
    }

    @inlinable
    package mutating func removeAll() {
        elements.removeAll()
        head = 0
    }

    /// Takes every element out, in order.
    @inlinable
    package mutating func drain() -> [Element] {
        let all = elements[head...].compactMap { $0 }
        removeAll()
        return all
    }
}

extension FIFO: Sendable where Element: Sendable {}
