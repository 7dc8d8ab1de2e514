import ConfigModel
import Synchronization

/// The clock of a machine on which somebody sets another time.
final class JumpingClock: Sendable {
    private let offset = Atomic<Int64>(0)

    /// The true time, and what it was moved by.
    var now: Timestamp {
        Timestamp(milliseconds: Timestamp.now.milliseconds + offset.load(ordering: .sequentiallyConsistent))
    }

    /// Sets the clock that far from the true time.
    func jump(to distance: Duration) {
        offset.store(distance.components.seconds * 1_000, ordering: .sequentiallyConsistent)
    }
}
