import Foundation

/// Feeds a reader with texts that are nearly right.
///
/// Without an environment variable every run tries the same texts, so many that all readers together take a few seconds.
/// With `CONFIGBUS_TEST_FUZZ=SECONDS` each reader is tried for so long with new texts; the text that is being read then lies
/// in a file, which is named at the start, in case that it ends the process.
///
/// Between texts other tests get their turn: there are as few threads as processors, and what waits for one is late.
package enum Fuzz {
    /// How long each reader is tried; nil for a fixed number of texts.
    package static var seconds: Double? {
        ProcessInfo.processInfo.environment["CONFIGBUS_TEST_FUZZ"].flatMap { Double($0) }
    }

    /// - Parameters:
    ///   - name: what is read; names the file.
    ///   - corpus: texts that the reader takes, and a few that it does not.
    ///   - rounds: how many texts are tried without the environment variable.
    ///   - check: reads a text and checks what must hold whatever the text is.
    package static func run(
        _ name: String, corpus: [[UInt8]], rounds: Int = 4_000, _ check: ([UInt8]) async throws -> Void
    ) async rethrows {
        for text in corpus { try await check(text) }
        guard let seconds else {
            var mutator = TextMutator(corpus: corpus, seed: 1)
            for _ in 0..<rounds {
                try await check(mutator.next())
                await Task.yield()
            }
            return
        }
        let path = NSTemporaryDirectory() + "/configbus-fuzz-\(name.replacing(" ", with: "-"))"
        print("fuzzing \(name) for \(seconds) s; the text in hand is in \(path)")
        var mutator = TextMutator(corpus: corpus, seed: .random(in: .min ... .max))
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            let text = mutator.next()
            _ = FileManager.default.createFile(atPath: path, contents: Data(text))
            try await check(text)
            await Task.yield()
        }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The same for texts.
    package static func run(
        _ name: String, corpus: [String], rounds: Int = 4_000, _ check: ([UInt8]) async throws -> Void
    ) async rethrows {
        try await run(name, corpus: corpus.map { Array($0.utf8) }, rounds: rounds, check)
    }
}
