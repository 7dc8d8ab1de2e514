import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import Synchronization
import TestSupport

/// Writers that never give a change up: one whose outcome is unknown is sent again under its change identifier, to the
/// registries in turn, until one of them knows.
final class FaultLoad: Sendable {
    static let writers = 8
    /// How long a writer rests between two changes, and before it asks again.
    private static let pause = Duration.milliseconds(25)
    /// After which an outcome stays unknown, which no scenario forgives.
    private static let patience = Duration.seconds(60)

    let recorder = OperationRecorder()
    let documents: [DocumentKey]
    private let state = Mutex(State())

    private struct State {
        var isOver = false
        var resolved = 0
        var newest: [DocumentKey: Int64] = [:]
    }

    init(documents: [DocumentKey]) { self.documents = documents }

    /// Changes whose outcome was unknown at first and was resolved by repeating the request.
    var resolved: Int { state.withLock { $0.resolved } }

    /// How many versions were acknowledged so far.
    var acknowledged: Int { recorder.operations.count { $0.version != nil } }

    /// No new changes from now on; those under way are brought to an end.
    func stop() { state.withLock { $0.isOver = true } }

    /// Writes until `stop`.
    func run(at registries: [RegistryClient]) async {
        await withTaskGroup { group in
            for writer in 0..<Self.writers {
                group.addTask {
                    var update = 0
                    while !self.isOver {
                        await self.write(update, by: writer, at: registries)
                        update += 1
                        try? await Task.sleep(for: Self.pause)
                    }
                }
            }
        }
    }

    private var isOver: Bool { Task.isCancelled || state.withLock { $0.isOver } }

    private func write(_ update: Int, by writer: Int, at registries: [RegistryClient]) async {
        // Each document is written at several registries.
        let key = documents[writer % documents.count]
        // Every second writer makes compare-and-sets, on every document.
        let expected = writer.isMultiple(of: 2) ? nil : state.withLock { $0.newest[key] ?? 1 }
        var object = JSONObject()
        object["update"] = .number(JSONNumber(update))
        object["writer"] = .number(JSONNumber(writer))
        object["ballast"] = .string(String(repeating: "x", count: 200))
        let content = Content(object)
        let options = WriteOptions(
            createdBy: "writer \(writer)", expected: expected.map { .version($0) }, changeID: UUID().uuidString)
        let outcome = await recorder.record(
            key, changeID: options.changeID ?? "", content: content, expected: expected
        ) {
            await resolve(from: writer / documents.count, registries) { registry in
                await Self.attempt(content, of: key, options, registry)
            }
        }
        state.withLock { state in
            switch outcome {
            case .acknowledged(let version), .outdated(let version):
                state.newest[key] = max(state.newest[key] ?? 1, version)
            case .refused, .unknown: break
            }
        }
    }

    private func resolve(
        from first: Int, _ registries: [RegistryClient],
        _ attempt: (RegistryClient) async -> WriteOperation.Outcome
    ) async -> WriteOperation.Outcome {
        let end = ContinuousClock.now + Self.patience
        var next = first
        while true {
            let outcome = await attempt(registries[next % registries.count])
            guard case .unknown = outcome else {
                if next > first { state.withLock { $0.resolved += 1 } }
                return outcome
            }
            if Task.isCancelled || ContinuousClock.now > end { return outcome }
            next += 1
            try? await Task.sleep(for: Self.pause)
        }
    }

    private static func attempt(
        _ content: Content, of key: DocumentKey, _ options: WriteOptions, _ registry: RegistryClient
    ) async -> WriteOperation.Outcome {
        do throws(RegistryClientError) {
            return .acknowledged(version: try await registry.update(content, of: key, options).version)
        } catch {
            return WriteOperation.Outcome(error)
        }
    }
}
