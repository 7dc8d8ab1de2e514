import ConfigModel
import ConfigStore

/// Whether a command is under way and who waits: the state of a `GroupCommit`.
struct WaitingAppends: Sendable {
    /// The content that goes with one command, so that the copy of it stays small and no caller waits long for others'.
    private static let contentLimit = 1 << 20

    private let waitingLimit: Int
    private var isUnderWay = false
    /// First come, first served. Taking from the front moves at most `waitingLimit` elements.
    private var waiting: [WaitingAppend] = []

    init(waitingLimit: Int) { self.waitingLimit = waitingLimit }

    var count: Int { waiting.count }

    /// Nil when the caller waits now. Who is to insert calls `end` afterwards.
    mutating func take(_ append: WaitingAppend) -> WaitingAppend.Resumption? {
        guard isUnderWay else {
            isUnderWay = true
            return .insertion(for: [])
        }
        guard waiting.count < waitingLimit else { return .result(.failure(.overloaded)) }
        waiting.append(append)
        return nil
    }

    /// Ends a command. Returns which caller is to insert next, and whose versions go with its own; nil when none waits.
    mutating func end() -> (WaitingAppend, others: [WaitingAppend])? {
        guard let first = waiting.first else {
            isUnderWay = false
            return nil
        }
        var size = 0
        let group = waiting.prefix { append in
            size += append.record.content.bytes.count
            return size <= Self.contentLimit
        }
        let count = max(group.count, 1)
        let others = Array(waiting[1..<count])
        waiting.removeFirst(count)
        return (first, others)
    }
}
