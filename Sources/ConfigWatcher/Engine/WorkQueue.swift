import AsyncSupport
import WatcherCore

/// What the watchers of one engine have decided and what takes time, and the moments that they wait for. It names watchers
/// and does not hold them, so that one that never runs is released.
final class WorkQueue: Sendable {
    enum Item: Sendable {
        /// A watcher begins.
        case start(ObjectIdentifier)
        /// A watcher has decided this.
        case perform(WatchAction, ObjectIdentifier)
        /// These reloads are made as one.
        case reload([SetGate.Member])
        /// The engine ends as soon as no watcher is left.
        case stop
    }

    let items: AsyncStream<Item>
    /// Which watcher needs a tick at which moment.
    let timer = DeadlineTimer<ObjectIdentifier>()
    private let continuation: AsyncStream<Item>.Continuation

    init() { (items, continuation) = AsyncStream.makeStream(of: Item.self) }

    func add(_ item: Item) { continuation.yield(item) }

    func close() { continuation.finish() }
}
