/// What one connection delivered and its receiver has not acknowledged yet.
struct UnacknowledgedDeliveries {
    /// One `basic.ack`.
    struct Acknowledgement: Equatable {
        let tag: UInt64
        let multiple: Bool
    }

    /// Everything below is acknowledged.
    private var oldest: UInt64 = 1
    private var newest: UInt64 = 0
    /// Acknowledged out of order.
    private var settled: Set<UInt64> = []

    /// True when receivers have acknowledged all that came.
    var isEmpty: Bool { newest < oldest }

    /// The broker numbers deliveries 1, 2, 3 ...
    mutating func add(_ tag: UInt64) {
        newest = max(newest, tag)
    }

    /// Makes of what receivers acknowledged as few answers as possible. A tag that is not outstanding is left out: the
    /// broker closes the channel on such a response.
    mutating func settle(_ tags: [UInt64]) -> [Acknowledgement] {
        var fresh = Set<UInt64>()
        for tag in tags where tag >= oldest && tag <= newest && settled.insert(tag).inserted {
            fresh.insert(tag)
        }
        while settled.remove(oldest) != nil { oldest += 1 }
        // All up to the last fresh one below `oldest` in one response, the others one by one.
        let covered = fresh.filter { $0 < oldest }
        let single = fresh.subtracting(covered).sorted().map { Acknowledgement(tag: $0, multiple: false) }
        return (covered.max().map { [Acknowledgement(tag: $0, multiple: true)] } ?? []) + single
    }
}
