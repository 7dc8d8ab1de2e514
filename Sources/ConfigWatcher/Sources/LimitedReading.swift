import ConfigModel
import DequeModule
import RegistryClient
import Synchronization

/// Asks the registry a few questions at a time; the others wait in the order in which they came.
///
/// A process that follows thousands of documents asks about all of them when it starts, and when its source starts anew. A
/// connection for each would make the registry and the process hold thousands of requests at once, and would answer none of
/// them sooner.
final class LimitedReading: RegistryReading {
    /// Enough to keep a registry busy, across a network too.
    static let limit = 32

    fileprivate struct Line {
        var free = limit
        var nextTicket = 0
        /// Tickets in order; those that are not in `waiting` any more gave up.
        var tickets = Deque<Int>()
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    }

    private let registry: any RegistryReading
    private let line = Mutex(Line())

    init(_ registry: any RegistryReading) { self.registry = registry }

    func head(
        of key: DocumentKey, ifNoneMatch: String?, minimumVersion: Int64?, epoch: Epoch?, isFresh: Bool
    ) async throws(RegistryClientError) -> HeadAnswer {
        // Who was cancelled does not wait; the call itself says so.
        let hasPlace = await enter()
        defer { if hasPlace { leave() } }
        return try await registry.head(
            of: key, ifNoneMatch: ifNoneMatch, minimumVersion: minimumVersion, epoch: epoch, isFresh: isFresh)
    }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {
        try await registry.watch(selection, known: known, handle)
    }

    /// False when the task was cancelled before its turn.
    private func enter() async -> Bool {
        let ticket = line.withLock { line -> Int? in
            if line.takePlace() { return nil }
            line.nextTicket += 1
            return line.nextTicket
        }
        guard let ticket else { return true }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let turn = line.withLock { line -> Bool? in
                    if Task.isCancelled { return false }
                    if line.takePlace() { return true }
                    line.waiting[ticket] = continuation
                    line.tickets.append(ticket)
                    return nil
                }
                if let turn { continuation.resume(returning: turn) }
            }
        } onCancel: {
            line.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume(returning: false)
        }
    }

    private func leave() {
        line.withLock { $0.passPlace() }?.resume(returning: true)
    }
}

extension LimitedReading.Line {
    /// False when all places are taken.
    fileprivate mutating func takePlace() -> Bool {
        guard free > 0 else { return false }
        free -= 1
        return true
    }

    /// Who has the place of one that left; nil when nobody waits.
    fileprivate mutating func passPlace() -> CheckedContinuation<Bool, Never>? {
        while let ticket = tickets.popFirst() {
            if let continuation = waiting.removeValue(forKey: ticket) { return continuation }
        }
        free += 1
        return nil
    }
}
