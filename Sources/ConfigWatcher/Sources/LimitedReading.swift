import ConfigModel
import RegistryClient
import Synchronization
import Waiting

/// Asks the registry a few questions at a time; the others wait in the order in which they came.
///
/// A process that follows thousands of documents asks about all of them when it starts, and when its source starts anew. A
/// connection for each would make the registry and the process hold thousands of requests at once, and would answer none of
/// them sooner.
final class LimitedReading: RegistryReading {
    /// Enough to keep a registry busy, across a network too.
    static let limit = 32

    private struct Places {
        var free = limit
        var nextTicket = 0
        /// Answered with false when they gave up.
        var line = WaitingLine<Bool>()
    }

    private let registry: any RegistryReading
    private let places = Mutex(Places())

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
        let ticket = places.withLock { places in
            places.nextTicket += 1
            return places.nextTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let turn = places.withLock { places -> Bool? in
                    if Task.isCancelled { return false }
                    guard places.free == 0 else {
                        places.free -= 1
                        return true
                    }
                    places.line.append(continuation, ticket: ticket)
                    return nil
                }
                if let turn { continuation.resume(returning: turn) }
            }
        } onCancel: {
            places.withLock { $0.line.remove(ticket: ticket) }?.resume(returning: false)
        }
    }

    private func leave() {
        let next = places.withLock { places in
            let next = places.line.popFirst()
            if next == nil { places.free += 1 }
            return next
        }
        next?.resume(returning: true)
    }
}
