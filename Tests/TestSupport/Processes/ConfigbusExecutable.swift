import Foundation

/// The `configbus` program that was built together with the tests.
package enum ConfigbusExecutable {
    /// Its path; `CONFIGBUS_TEST_EXECUTABLE` names another one, for example a release build.
    package static func path() throws -> String {
        if let chosen = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_EXECUTABLE"], !chosen.isEmpty {
            return chosen
        }
        // On Linux the test bundle is a program of its own, in the folder of the others.
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let path = tests.deletingLastPathComponent().appendingPathComponent("configbus").path
        guard FileManager.default.isExecutableFile(atPath: path) else { throw NotBuilt(path: path) }
        return path
    }

    private struct NotBuilt: Error, CustomStringConvertible {
        let path: String

        var description: String { "There is no \(path). Run 'swift build --build-tests', or use scripts/test." }
    }
}
