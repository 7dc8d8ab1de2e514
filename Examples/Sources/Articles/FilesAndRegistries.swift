import ConfigWatcher
import FileSource
import RegistrySource

/// What the article with this name shows.
enum MovingFromAStaticFile {
    static func file() throws -> ConfigWatcher<ParsingConfig> {
        let source = FileSource.file("/etc/parsing/config.json")
        let watcher = try ConfigWatcher<ParsingConfig>(key: "parsing/prod", source: source)
        return watcher
    }

    static func registry() throws -> ConfigWatcher<ParsingConfig> {
        let source = try RegistrySource.registry("http://127.0.0.1:8000")
        let watcher = try ConfigWatcher<ParsingConfig>(key: "parsing/prod", source: source)
        return watcher
    }
}

extension MovingFromAStaticFile {
    static func placeholders() -> WatcherOptions {
        let options = WatcherOptions(placeholders: .allowing(["DB_HOST"]))
        return options
    }
}

/// What the article with this name shows.
enum RunningWithoutARegistry {
    static func options() -> WatcherOptions {
        var options = WatcherOptions()
        options.staleness = .degrade(after: .seconds(600))
        options.start = .failUnlessFresh(within: .seconds(10))
        return options
    }

    static func directory() throws -> ConfigWatcher<ParsingConfig> {
        let source = FileSource.directory("config")
        return try ConfigWatcher<ParsingConfig>(key: "parsing/prod", source: source)
    }
}
