import ConfigModel
import WatcherCore

/// What has to be looked at, and when.
struct DueLooks {
    /// Documents whose files have to be read, whatever their stamps say.
    private(set) var forced: Set<DocumentKey> = []
    private var isEverything = true
    private var nextComplete = Instant.now
    /// Two looks have a distance.
    private var earliest = Instant.now
    private var doubts: [DocumentKey: Instant] = [:]

    /// Something changed.
    var isPending: Bool { isEverything || !forced.isEmpty }

    /// The moment of the next look.
    var next: Instant {
        let doubt = doubts.values.min() ?? nextComplete
        let next = min(nextComplete, doubt)
        return isPending ? min(next, earliest) : next
    }

    func coversEverything(at now: Instant) -> Bool { isEverything || nextComplete <= now }

    /// Documents that are to be looked at again.
    func doubtful(at now: Instant) -> Set<DocumentKey> { Set(doubts.lazy.filter { $0.value <= now }.map(\.key)) }

    mutating func lookAtEverything() { isEverything = true }

    mutating func look(at key: DocumentKey) { forced.insert(key) }

    mutating func setDoubt(of key: DocumentKey, until moment: Instant?) { doubts[key] = moment }

    mutating func forget(_ key: DocumentKey) {
        forced.remove(key)
        doubts[key] = nil
    }

    /// A look begins; what happens from now on needs another one.
    mutating func begin() { (forced, isEverything) = ([], false) }

    /// A look ended.
    mutating func end(isComplete: Bool, interval: Duration, pause: Duration) {
        let now = Instant.now
        earliest = now + pause
        if isComplete { nextComplete = now + interval }
    }
}
