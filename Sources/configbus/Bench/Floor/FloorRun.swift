import ConfigModel
import ConfigRegistry

/// Measures the floor: inserts and messages one after the other and, for several writers, as many as go through together.
struct FloorRun {
    let plan: BenchPlan
    let ground: BenchGround
    let progress: BenchProgress

    func measure(_ count: Int, into figures: inout FloorFigures) async throws {
        let store = try await FloorStore.open(ground.floorSettings, logger: ground.logger)
        do {
            let path = try await FloorPath.open(plan, ground.settings)
            do {
                try await measure(count, store, path, &figures)
            } catch {
                await path.close()
                throw error
            }
            await path.close()
            if !plan.isOneAfterAnother {
                let together = try await FloorThroughput(plan: plan, ground: ground, store: store).measure(count)
                figures.writes += count
                figures.duration += together
            }
        } catch {
            await store.store.close()
            throw error
        }
        await store.store.close()
    }

    private func measure(
        _ count: Int, _ store: FloorStore, _ path: FloorPath, _ figures: inout FloorFigures
    ) async throws {
        let key = plan.keys[0]
        let last = try await store.store.head(of: key)?.record
        var records = FloorRecords(plan, key: key, epoch: try await store.store.epoch(), after: last)
        for _ in 0..<plan.warmUp {
            let record = try records.next()
            _ = try await store.timeInsert(record)
            _ = try await path.time(record)
        }
        let pace = BenchPace(rate: plan.isOneAfterAnother ? plan.rate : nil)
        for number in 0..<count {
            try await pace.waitForTurn(of: number)
            let record = try records.next()
            let insert = try await store.timeInsert(record)
            let publish = try await path.time(record)
            figures.insert.record(insert)
            figures.publishConsume.record(publish)
            figures.total.record(insert + publish)
            if plan.isOneAfterAnother {
                figures.writes += 1
                figures.duration += insert + publish
            }
            try Task.checkCancellation()
            progress.step(number + 1, of: count)
        }
    }
}
