import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("What is newer than a member of a change set that was refused", .timeLimit(.minutes(1)))
struct ChangeSetsRefusedTests {
    @Test func goesOnByItselfAndTheOthersWaitForTheOneThatWasRefused() async throws {
        let scene = try SetScene(isInvalid: { $0 == 2 })
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            try await scene.publish(2)
            try await eventually("refused") { scene.members.allSatisfy { $0.state == .rejected } }
            for n in 5...6 {
                try await scene.publish(n, of: 0)
                try await eventually("\(n)") { scene.values == [n, 1, 1, 1, 1, 1, 1, 1, 1, 1] }
            }
            #expect(scene.members[0].statistics.failures == 1 && scene.members[1].state == .rejected)
            try await scene.publish(3, of: 3)
            try await eventually("the others") { scene.values == [6, 2, 2, 3, 2, 2, 2, 2, 2, 2] }
        }
    }

    @Test func goesOnWithWhatItWasPublishedWith() async throws {
        let scene = try SetScene(isInvalid: { $0 == 2 })
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            try await scene.publish(2)
            try await eventually("refused") { scene.members.allSatisfy { $0.state == .rejected } }
            try await scene.publish(5, ofAll: [0, 9])
            try await eventually("both") { scene.values == [5, 1, 1, 1, 1, 1, 1, 1, 1, 5] }
        }
    }

    @Test(arguments: [true, false])
    func isNotRefusedWithASetThatItWaitedFor(isHandlers: Bool) async throws {
        let scene = try SetScene(isInvalid: { !isHandlers && $0 == 2 }, isRefused: { isHandlers && $0 == 2 })
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            scene.registry.isReachable = false
            try await scene.publish(2, losing: [4])
            try await scene.publish(7, of: 0)
            let first = scene.members[0]
            try await eventually("waits") {
                first.pipeline.confirmedVersion(of: first.key)?.version == 3
                    && first.pipeline.inspect(\.setWait)?.contains("s4/prod@2,") == true
            }
            scene.registry.isReachable = true
            try await eventually("by itself") { scene.values == [7, 1, 1, 1, 1, 1, 1, 1, 1, 1] }
            try await eventually("refused") { scene.members.dropFirst().allSatisfy { $0.state == .rejected } }
            let culprit = isHandlers ? 6 : 3
            #expect(first.statistics.failures == 0)
            let reason = scene.members[1].history(limit: 1).first?.reason
            #expect(reason?.contains("s\(culprit)/prod@2, which was published together with it, was refused") == true)
        }
    }

    @Test func isNamedAsItIsWhenItRefusesTheSet() async throws {
        let scene = try SetScene(isInvalid: { $0 == 7 })
        try await scene.publish(1)
        try await scene.run {
            try await scene.runs(1)
            scene.registry.isReachable = false
            try await scene.publish(2, losing: [4])
            try await scene.publish(7, of: 3)
            let third = scene.members[3]
            try await eventually("waits") {
                third.pipeline.confirmedVersion(of: third.key)?.version == 3
                    && third.pipeline.inspect(\.setWait)?.contains("s4/prod@2,") == true
            }
            scene.registry.isReachable = true
            try await eventually("refused") { scene.members.allSatisfy { $0.state == .rejected } }
            let reason = scene.members[0].history(limit: 1).first?.reason
            #expect(reason?.hasPrefix("s3/prod@3, in the place of s3/prod@2, which was published together") == true)
        }
    }
}
