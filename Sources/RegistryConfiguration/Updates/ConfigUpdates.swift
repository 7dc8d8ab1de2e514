/// The present element at once, and then each time that it is another one when there is a signal.
///
/// An element is read at the moment when it is asked for: after the signals were subscribed to, so that no change lies in
/// between, and as late as possible, so that it is the newest.
struct ConfigUpdates<Element: Sendable>: AsyncSequence, Sendable {
    typealias Failure = Never

    let signals: AsyncStream<Void>
    let read: @Sendable () -> Element
    let isSame: @Sendable (Element, Element) -> Bool

    func makeAsyncIterator() -> Iterator { Iterator(updates: self, signals: signals.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        let updates: ConfigUpdates
        var signals: AsyncStream<Void>.Iterator
        var last: Element?

        mutating func next(isolation actor: isolated (any Actor)?) async -> Element? {
            repeat {
                let element = updates.read()
                if let last, updates.isSame(last, element) { continue }
                last = element
                return element
            } while await signals.next(isolation: actor) != nil
            return nil
        }
    }
}
