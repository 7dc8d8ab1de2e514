import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// An import beside other writers, and one that ends in the middle.
    @Suite struct ImportRaceTests {
        private func conclude(_ report: ImportReport, _ plan: ChangePlan) throws -> CommandFailure? {
            do {
                try report.conclude(plan, try OutputOptions.parse(["-o", "json"]))
                return nil
            } catch let failure as CommandFailure {
                return failure
            }
        }

        private func plan(of folder: DocumentFolder, at registry: RunningRegistry) async throws -> ChangePlan {
            try await ChangePlan.make(DocumentTree.read(folder.path).changes, registry.client)
        }

        private func run(at registry: RunningRegistry) -> ImportRun {
            ImportRun(
                options: WriteOptions(createdBy: "import"), client: registry.client, progress: ProgressLine(),
                isAtomic: false)
        }

        /// Documents that exist, that do not, and that another writer deletes.
        @Test(arguments: CommandStore.there)
        func whatAnotherWriterChangedMeanwhileIsNamedAndTheRestGoesOn(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                let folder = try DocumentFolder("config", in: bench)
                try folder.write(50)
                _ = try await bench.configbus("import", folder.path, at: registry)
                try folder.write(100, value: 2)
                let plan = try await plan(of: folder, at: registry)
                let keys = try [3, 4, 70, 71].map { try DocumentKey(service: "s\($0)", environment: "prod") }
                for key in keys { try await registry.publish(#"{"other": 1}"#, as: key) }
                let gone = try DocumentKey(service: "s5", environment: "prod")
                _ = try await registry.client.delete(gone)

                let report = await run(at: registry).make(ImportUnit.separate(plan.steps) { _ in false })
                let failure = try #require(try conclude(report, plan))
                #expect(failure.exitCode == .refused && failure.details.count == 5, "\(failure.details)")
                for key in keys + [gone] { #expect(failure.details.contains { $0.hasPrefix("\(key): ") }) }
                guard case .array(let made)? = failure.members["documents"] else {
                    throw NotAnObject(line: "\(failure)")
                }
                #expect(made.count == 95)
                #expect(try await registry.history(of: keys[0]).last?.createdBy == "end to end")

                let again = try await bench.configbus("import", folder.path, at: registry)
                #expect(again.status == .exited(0) && again.lines.last == "5 documents changed, 95 unchanged.")
                #expect(try await bench.configbus("import", folder.path, "--check", at: registry).status == .exited(0))
            }
        }

        @Test(arguments: CommandStore.there)
        func aSetWithALostRaceIsLeftWhole(store: CommandStore) async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry(on: store)
                let folder = try DocumentFolder("config", in: bench)
                for service in ["a.x", "a.y", "b.x", "b.y"] { try folder.write("{}", to: "prod/\(service).json") }
                let plan = try await plan(of: folder, at: registry)
                let lost = try DocumentKey(service: "a.x", environment: "prod")
                try await registry.publish(#"{"other": 1}"#, as: lost)
                let report = await run(at: registry).make(ImportUnit.sets(plan.steps))
                let failure = try #require(try conclude(report, plan))
                #expect(failure.details.count == 2, "\(failure.details)")
                #expect(failure.details[1].hasPrefix("a.y/prod: a.x/prod, which is in the same change set"))
                #expect(Set(try await registry.contentHashes().keys) == ["a.x/prod", "b.x/prod", "b.y/prod"])
            }
        }

        @Test func aRegistryThatGoesAwayEndsTheImportWith3() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let folder = try DocumentFolder("config", in: bench)
                try folder.write(100)
                let plan = try await plan(of: folder, at: registry)
                try await registry.process.kill9()
                let report = await run(at: registry).make(ImportUnit.separate(plan.steps) { _ in false })
                let failure = try #require(try conclude(report, plan))
                #expect(failure.exitCode == .unreachable)
                #expect(failure.description.contains("The import ended with 100 documents not done: "))
            }
        }
    }
}
