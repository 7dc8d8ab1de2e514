import Synchronization

/// The lines that a process wrote, kept from the first one on; every reader starts there.
package final class LineLog: Sendable {
    private struct State {
        var lines: [String] = []
        var unfinished: [UInt8] = []
        var isClosed = false
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// The complete lines so far.
    package var lines: [String] { state.withLock { $0.lines } }

    /// Everything so far, an unfinished line too.
    package var text: String {
        state.withLock { state in
            state.lines.map { $0 + "\n" }.joined() + String(decoding: state.unfinished, as: UTF8.self)
        }
    }

    func append(_ bytes: some Collection<UInt8>) {
        change { state in
            for byte in bytes {
                if byte == UInt8(ascii: "\n") {
                    state.lines.append(String(decoding: state.unfinished, as: UTF8.self))
                    state.unfinished = []
                } else {
                    state.unfinished.append(byte)
                }
            }
        }
    }

    /// No more is to come.
    func close() {
        change { $0.isClosed = true }
    }

    /// Returns when there is a line at `index` (true) or no more lines can come (false).
    fileprivate func hasLine(at index: Int) async -> Bool {
        while !Task.isCancelled {
            let (count, isClosed) = state.withLock { ($0.lines.count, $0.isClosed) }
            if index < count { return true }
            if isClosed { return false }
            await changed(after: count)
        }
        return false
    }

    private func changed(after count: Int) async {
        let waiter = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || state.lines.count > count || state.isClosed { return true }
                    state.waiting[waiter] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }
}

extension LineLog: AsyncSequence {
    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let log: LineLog
        private var index = 0

        fileprivate init(log: LineLog) { self.log = log }

        package mutating func next() async -> String? {
            guard await log.hasLine(at: index) else { return nil }
            defer { index += 1 }
            return log.lines[index]
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(log: self) }
}
