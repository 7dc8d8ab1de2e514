/// How much is taken a second in the long run, and how much at once.
package struct Rate: Sendable, Equatable {
    /// In the long run.
    package let perSecond: Int64
    /// At once, after a while without any.
    package let burst: Int64

    /// - Returns: nil when one of the numbers is out of its bounds.
    package init?(perSecond: Int64, burst: Int64) {
        guard Self.rates.contains(perSecond), Self.bursts.contains(burst) else { return nil }
        self.perSecond = perSecond
        self.burst = burst
    }

    private init(unchecked perSecond: Int64, _ burst: Int64) {
        self.perSecond = perSecond
        self.burst = burst
    }

    /// Reads `1000/2000`: so many a second, so many at once.
    package init?(parsing text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let perSecond = Int64(parts[0]), let burst = Int64(parts[1])
        else { return nil }
        self.init(perSecond: perSecond, burst: burst)
    }

    /// What `perSecond` may be.
    package static let rates: ClosedRange<Int64> = 1...1_000_000
    /// What `burst` may be.
    package static let bursts: ClosedRange<Int64> = 1...10_000_000

    /// The time that one takes, in nanoseconds.
    var interval: Int64 { 1_000_000_000 / perSecond }

    /// Reads of one document.
    package static let read = Rate(unchecked: 5_000, 10_000)
    /// Versions that are made.
    package static let write = Rate(unchecked: 1_000, 2_000)
    /// What looks through much.
    package static let costly = Rate(unchecked: 50, 200)
    /// Streams that are opened: a whole fleet comes back at once.
    package static let stream = Rate(unchecked: 50, 5_000)
    /// Credentials that do not count, of one address.
    package static let failed = Rate(unchecked: 20, 100)
}
