import ConfigModel
import ConfigRegistry
import ConfigStore

/// Measures the floor of one update at a time: an insert, then a message to as many receivers as there are watchers.
struct FloorSampler {
    private let writer: FloorWriter
    private let path: FloorPath
    private var records: FloorRecords

    /// Runs `body` with connections to store and transport, which are closed afterwards.
    static func with<Result>(
        _ plan: BenchPlan, _ environment: BenchEnvironment, _ body: (inout FloorSampler) async throws -> Result
    ) async throws -> Result {
        let store = try await FloorStore.open(environment.floorServers, logger: environment.logger)
        do {
            let path = try await FloorPath.open(plan, environment.floorServers)
            do {
                var sampler = try await FloorSampler(plan, store, path)
                let result = try await body(&sampler)
                await path.close()
                await store.store.close()
                return result
            } catch {
                await path.close()
                throw error
            }
        } catch {
            await store.store.close()
            throw error
        }
    }

    private init(_ plan: BenchPlan, _ store: FloorStore, _ path: FloorPath) async throws {
        writer = try store.newWriter()
        self.path = path
        let key = plan.keys[0]
        records = FloorRecords(
            plan, key: key, epoch: try await store.store.epoch(), after: try await store.store.head(of: key)?.record)
    }

    /// Measures once, and returns what both took; making the version is not part of it.
    @discardableResult
    mutating func sample(into figures: inout FloorFigures) async throws -> Duration {
        let record = try records.next()
        let insert = try await writer.timeInsert(record)
        let publish = try await path.time(record)
        figures.insert.record(insert)
        figures.publishConsume.record(publish)
        figures.total.record(insert + publish)
        return insert + publish
    }
}
