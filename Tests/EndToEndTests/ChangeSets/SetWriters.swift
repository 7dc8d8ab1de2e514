import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import Synchronization
import TestSupport

/// Clients that publish change sets of ten out of twenty documents at the same time, whatever happens to the registries.
final class SetWriters: Sendable {
    /// What they were answered.
    struct Answers: Sendable {
        /// The identifiers of the sets that were acknowledged.
        var acknowledged: [String] = []
        /// Attempts of which it was not known what became of them, and that were made again under the same key.
        var repetitions = 0
        /// Answers that no writer should get.
        var unexpected: [String] = []
    }

    static let size = 10
    let documents: [DocumentKey]
    private let urls: [String]
    private let answers = Mutex(Answers())

    /// - Parameter urls: the registries, each preferred by as many writers.
    init(at urls: [String]) throws {
        documents = try (0..<20).map { try DocumentKey(service: "set.s\($0)", environment: "prod") }
        self.urls = urls
    }

    var result: Answers { answers.withLock { $0 } }

    var acknowledged: Int { result.acknowledged.count }

    /// Publishes until the task is cancelled or so many sets were acknowledged; each set that was begun is brought to an end.
    func run(writers: Int = 8, until count: Int = .max) async {
        await withTaskGroup { group in
            for writer in 0..<writers {
                group.addTask {
                    var round = 0
                    while !Task.isCancelled, self.acknowledged < count {
                        // What was begun is not cancelled.
                        await Task { [round] in await self.publish(round, by: writer) }.value
                        round += 1
                    }
                }
            }
        }
    }

    private func publish(_ round: Int, by writer: Int) async {
        let preferred = urls.indices.map { urls[($0 + writer) % urls.count] }
        guard let client = try? RegistryClient(urls: preferred, timeout: .seconds(6)),
            let content = try? Content(parsing: Array(#"{"round":\#(round),"writer":\#(writer)}"#.utf8))
        else { return note { $0.unexpected.append("a client cannot be made") } }
        // Overlapping sets, in both orders.
        let some = (0..<Self.size).map { documents[(writer * 3 + round * 7 + $0) % documents.count] }
        let set = ChangeSetPublication(
            (writer % 2 == 0 ? some : some.reversed()).map { DocumentChange(.publish(content), of: $0) },
            createdBy: "writer \(writer)", changeID: UUID().uuidString)
        while true {
            do throws(RegistryClientError) {
                let id = try await client.publish(changeSet: set).id
                return note { $0.acknowledged.append(id) }
            } catch {
                switch error.code {
                case .unreachable, .interrupted, .unavailable, .failed, .behind:
                    note { $0.repetitions += 1 }
                    try? await Task.sleep(for: .milliseconds(20))
                default: return note { $0.unexpected.append("\(error.code.rawValue): \(error.message)") }
                }
            }
        }
    }

    private func note(_ change: (inout Answers) -> Void) { answers.withLock { change(&$0) } }
}

extension SetWriters {
    /// Sentences about everything that is not as it must be, given what a registry has now.
    func violations(at registry: RunningRegistry) async throws -> [String] {
        var records: [VersionRecord] = []
        var violations = result.unexpected
        for key in documents {
            let history = try await registry.history(of: key)
            violations += HistoryCheck.violations(in: history).map { "\(key): \($0)" }
            records += history
        }
        return violations + ChangeSetCheck.violations(in: records, acknowledged: result.acknowledged)
    }

    /// Waits until each version of each document was announced.
    func waitUntilAnnounced(_ announcements: Announcements, at registry: RunningRegistry) async throws {
        for key in documents {
            let history = try await registry.history(of: key)
            try await announcements.versions(upTo: Int64(history.count), of: key)
            let violations = AnnouncementCheck.violations(of: try announcements.events(about: key), for: history)
            if !violations.isEmpty { throw WrongAnnouncements(violations: violations) }
        }
    }

    struct WrongAnnouncements: Error { let violations: [String] }
}
