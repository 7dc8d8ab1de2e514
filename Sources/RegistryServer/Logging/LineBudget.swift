import Synchronization

/// Lets some lines of a kind into the log each second, and counts those that it keeps out.
final class LineBudget: Sendable {
    /// What becomes of a line.
    enum Verdict: Equatable {
        /// It is logged, and says how many were kept out before.
        case logged(leftOut: Int)
        /// It is kept out.
        case keptOut(isFirst: Bool)
    }

    private struct State {
        var second: Int64 = .min
        var lines = 0
        var leftOut = 0
    }

    /// How many lines a second has.
    static let lines = 10

    private let state = Mutex(State())

    /// - Parameter second: of a clock that does not go back.
    func take(at second: Int64) -> Verdict {
        state.withLock { state in
            if state.second != second { (state.second, state.lines) = (second, 0) }
            guard state.lines < Self.lines else {
                state.leftOut += 1
                return .keptOut(isFirst: state.leftOut == 1)
            }
            state.lines += 1
            defer { state.leftOut = 0 }
            return .logged(leftOut: state.leftOut)
        }
    }

    /// How many were kept out and are not said yet.
    func takeLeftOut() -> Int {
        state.withLock { state in
            defer { state.leftOut = 0 }
            return state.leftOut
        }
    }
}
