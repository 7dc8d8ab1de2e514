import AsyncSupport
import ConfigModel
import Logging
import Synchronization

/// Counts the documents that do not fit the schema of their service: those that were let pass, and those of which each fits alone and
/// not merged.
///
/// It goes over all services that have a schema, a few a second, and begins anew after a pause.
final class SchemaSurvey: Sendable {
    private let schemas: Schemas
    private let period: Duration
    private let logger: Logger
    private let broken = Mutex<[String: Int]>([:])

    /// So many services are looked at in a second at the most.
    private static let pace: Duration = .milliseconds(100)

    /// - Parameter period: the pause between the end of a round and the next.
    init(schemas: Schemas, period: Duration, logger: Logger) {
        self.schemas = schemas
        self.period = period
        self.logger = logger
    }

    /// How many documents did not fit when they were looked at last.
    var brokenCount: Int { broken.withLock { $0.values.reduce(0, +) } }

    /// Looks until cancelled.
    func run() async {
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: period)) != nil else { return }
            await look()
        }
    }

    /// Goes over all services once.
    func look(pausing pause: Duration = SchemaSurvey.pace) async {
        let services = schemas.table.services
        broken.withLock { broken in broken = broken.filter { services.contains($0.key) } }
        for service in services.sorted() {
            do throws(RegistryError) {
                guard let schema = try await schemas.current(of: service) else { continue }
                note(try await schemas.trial(of: schema, override: nil).headVerdicts(of: service), of: service)
            } catch {
                logger.debug(
                    "documents could not be checked against their schema",
                    metadata: ["service": "\(service)", "error": "\(error)"])
            }
            guard (try? await Task.sleep(for: pause)) != nil else { return }
        }
    }

    /// Takes what was found when all documents of a service were looked at.
    func note(_ verdicts: [SchemaVerdict], of service: String) {
        let count = verdicts.count { !$0.isValid }
        broken.withLock { $0[service] = count == 0 ? nil : count }
    }
}
