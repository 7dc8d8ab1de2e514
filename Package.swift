// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "configbus",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "ConfigWatcher", targets: ["ConfigWatcher", "RegistrySource", "ConfigModel"]),
        .library(name: "ConfigWatcherSchemas", targets: ["ConfigWatcherSchemas"]),
        .library(name: "ConfigWatcherRouter", targets: ["ConfigWatcherRouter"]),
        .library(name: "FileSource", targets: ["FileSource"]),
        .library(name: "RabbitBus", targets: ["RabbitBus", "EventBus"]),
        .library(name: "RegistryConfiguration", targets: ["RegistryConfiguration", "ConfigWatcher", "ConfigModel"]),
        .library(name: "RegistryClient", targets: ["RegistryClient", "RegistryAPI", "ConfigModel"]),
        .library(name: "RegistryClientTLS", targets: ["RegistryClientTLS"]),
        .library(name: "ConfigSignatures", targets: ["ConfigSignatures"]),
        .executable(name: "configbus", targets: ["configbus"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.11.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: ["ConfigurationSupport"]),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // The C and C++ libraries. Only the adapters import them.
        .systemLibrary(
            name: "CMongoC", pkgConfig: "libmongoc-1.0",
            providers: [.apt(["libmongoc-dev"]), .brew(["mongo-c-driver@1"])]),
        .systemLibrary(
            name: "CRabbitMQ", pkgConfig: "librabbitmq",
            providers: [.apt(["librabbitmq-dev"]), .brew(["rabbitmq-c"])]),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),

        // Values and ports.
        .target(
            name: "AsyncSupport",
            dependencies: [
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .target(name: "ConfigModel"),
        .target(
            name: "ConfigSignatures", dependencies: ["ConfigModel", .product(name: "Crypto", package: "swift-crypto")]),
        .target(name: "ConfigNotation", dependencies: ["ConfigModel"]),
        .target(name: "ConfigImport", dependencies: ["ConfigModel", "ConfigNotation"]),
        .target(
            name: "SchemaValidation", dependencies: ["ConfigModel"],
            // The drafts' own schemas.
            resources: [
                .embedInCode("MetaSchemas/draft-07.json"), .embedInCode("MetaSchemas/draft-2019-09.json"),
                .embedInCode("MetaSchemas/draft-2020-12.json"),
            ]),
        .target(name: "RE2Patterns", dependencies: ["CRE2", "SchemaValidation"]),
        .target(
            name: "EventBus",
            dependencies: [.product(name: "DequeModule", package: "swift-collections")]),
        .target(
            name: "ConfigAccess",
            dependencies: [
                "ConfigModel",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        .target(name: "ChangeChecks", dependencies: ["ConfigAccess", "ConfigModel"]),
        .target(
            name: "ConfigStore",
            dependencies: [
                "ConfigSignatures", "ConfigAccess", "ConfigModel", .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "MetricsExposition", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")]),
        .target(
            name: "ConfigBackup",
            dependencies: [
                "ConfigAccess", "ConfigModel", "ConfigSignatures", "ConfigStore",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .target(
            name: "ConfigRegistry",
            dependencies: [
                "ConfigSignatures",
                "AsyncSupport", "ChangeChecks", "ConfigAccess", "ConfigBackup", "ConfigModel", "ConfigStore",
                "EventBus",
                "MetricsExposition", "SchemaValidation",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),

        // Adapters.
        .target(
            name: "MongoStore",
            dependencies: [
                "AsyncSupport", "CMongoC", "ConfigAccess", "ConfigModel", "ConfigStore",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "AsyncSupport", "ConfigAccess", "ConfigModel", "ConfigStore",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .target(
            name: "RabbitBus",
            dependencies: [
                "AsyncSupport", "CRabbitMQ", "ConfigModel", "EventBus",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // The registry over HTTP: the contract, and everything that keeps to it.
        .target(name: "RegistryAPI", dependencies: ["ConfigModel"]),
        .target(
            name: "RegistryServer",
            dependencies: [
                "AsyncSupport", "ChangeChecks", "ConfigAccess", "ConfigBackup", "ConfigModel", "ConfigRegistry",
                "ConfigStore", "EventBus", "MetricsExposition",
                "RegistryAPI",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            // What the program serves is the file of the repository.
            resources: [.embedInCode("Description/openapi.yaml")]),
        .target(
            name: "RegistryClient",
            dependencies: [
                "AsyncSupport", "ConfigModel", "RegistryAPI",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .target(
            name: "RegistryClientTLS",
            dependencies: [
                "AsyncSupport", "ConfigModel", "RegistryClient",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ]),
        .target(name: "WatcherCore", dependencies: ["ConfigModel"]),
        .target(
            name: "ConfigWatcher",
            dependencies: [
                "AsyncSupport", "ConfigModel", "SchemaValidation", "WatcherCore",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "ConfigWatcherSchemas", dependencies: ["ConfigWatcher", "RE2Patterns", "WatcherCore"]),
        .target(
            name: "ConfigWatcherRouter",
            dependencies: [
                "ConfigModel", "ConfigWatcher", "WatcherCore",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "RegistrySource",
            dependencies: [
                "AsyncSupport", "ConfigModel", "ConfigWatcher", "EventBus", "RegistryAPI", "RegistryClient",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "RegistryConfiguration",
            dependencies: [
                "AsyncSupport", "ConfigModel", "ConfigWatcher",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "FileSource",
            dependencies: [
                "AsyncSupport", "ConfigModel", "ConfigNotation", "ConfigWatcher", "WatcherCore",
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .target(
            name: "ConfigAudit",
            dependencies: [
                "ConfigSignatures",
                "AsyncSupport", "ConfigModel", "EventBus", "RegistryAPI", "RegistryClient",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),

        // Measurements of the whole, and of what it is compared with.
        .target(
            name: "ConfigBench",
            dependencies: [
                "ConfigSignatures",
                "AsyncSupport", "CMongoC", "CRabbitMQ", "ConfigModel", "ConfigRegistry", "ConfigStore", "ConfigWatcher",
                "EventBus", "MongoStore", "RabbitBus", "RegistryAPI", "RegistryClient", "RegistryServer",
                "RegistrySource", "SQLiteStore",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // The command line: the only place where parts are put together.
        .executableTarget(
            name: "configbus",
            dependencies: [
                "ConfigSignatures", "RegistryClientTLS",
                "AsyncSupport", "ChangeChecks", "ConfigAccess", "ConfigAudit", "ConfigBackup", "ConfigBench",
                "ConfigImport",
                "ConfigModel",
                "ConfigNotation",
                "ConfigRegistry", "ConfigStore", "ConfigWatcher", "EventBus", "FileSource", "MongoStore", "RE2Patterns",
                "RabbitBus", "RegistryAPI", "RegistryClient", "RegistryServer", "RegistrySource", "SQLiteStore",
                "SchemaValidation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),

        .executableTarget(
            name: "configbus-benchmarks",
            dependencies: [
                "ConfigSignatures",
                "ChangeChecks", "ConfigBench", "ConfigModel", "ConfigRegistry", "ConfigStore", "ConfigWatcher",
                "MongoStore", "RE2Patterns", "RegistryAPI", "RegistryClient", "RegistryServer", "RegistrySource",
                "SQLiteStore", "SchemaValidation",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Benchmarks/Sources"),

        // Tests: one target a module, shared helpers in TestSupport.
        .target(
            name: "TestSupport",
            dependencies: [
                "ConfigSignatures",
                "AsyncSupport", "ConfigAccess", "ConfigModel", "ConfigNotation", "ConfigRegistry", "ConfigStore",
                "EventBus", "WatcherCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            path: "Tests/TestSupport"),
        .testTarget(
            name: "ConfigModelTests",
            dependencies: [
                "ConfigModel", "ConfigSignatures", "RE2Patterns", "SchemaValidation", "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        .testTarget(
            name: "SchemaValidationTests",
            dependencies: ["ConfigModel", "RE2Patterns", "SchemaValidation", "TestSupport"]),
        .testTarget(
            name: "AsyncSupportTests",
            dependencies: ["AsyncSupport", "TestSupport", .product(name: "SystemPackage", package: "swift-system")]),
        .testTarget(
            name: "ChangeChecksTests", dependencies: ["ChangeChecks", "ConfigAccess", "ConfigModel", "TestSupport"]),
        .testTarget(name: "ConfigAccessTests", dependencies: ["ConfigAccess", "ConfigModel", "TestSupport"]),
        .testTarget(
            name: "ConfigBackupTests",
            dependencies: [
                "ConfigAccess", "ConfigBackup", "ConfigModel", "ConfigSignatures", "ConfigStore", "SQLiteStore",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(name: "ConfigNotationTests", dependencies: ["ConfigModel", "ConfigNotation", "TestSupport"]),
        .testTarget(name: "ConfigImportTests", dependencies: ["ConfigImport", "ConfigModel", "ConfigNotation"]),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "ConfigSignatures",
                "CMongoC", "ConfigAccess", "ConfigModel", "ConfigStore", "MongoStore", "SQLiteStore", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "EventBusTests",
            dependencies: [
                "CRabbitMQ", "ConfigModel", "EventBus", "RabbitBus", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "MetricsExpositionTests",
            dependencies: [
                "MetricsExposition", .product(name: "CoreMetrics", package: "swift-metrics"),
            ]),
        .testTarget(
            name: "ConfigRegistryTests",
            dependencies: [
                "ConfigSignatures",
                "AsyncSupport", "ChangeChecks", "ConfigAccess", "ConfigModel", "ConfigRegistry", "ConfigStore",
                "EventBus",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .testTarget(name: "RegistryAPITests", dependencies: ["ConfigModel", "RegistryAPI", "TestSupport"]),
        .testTarget(
            name: "RegistryServerTests",
            dependencies: [
                "ConfigSignatures",
                "ChangeChecks", "ConfigAccess", "ConfigBackup", "ConfigModel", "ConfigRegistry", "ConfigStore",
                "EventBus",
                "MetricsExposition", "MongoStore", "RE2Patterns", "RegistryAPI",
                "RegistryServer", "SQLiteStore", "SchemaValidation", "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .testTarget(
            name: "RegistrySourceTests",
            dependencies: [
                "AsyncSupport", "ConfigModel", "EventBus", "RegistryAPI", "RegistryClient", "RegistrySource",
                "TestSupport",
            ]),
        .testTarget(
            name: "WatcherCoreTests", dependencies: ["ConfigSignatures", "ConfigModel", "TestSupport", "WatcherCore"]),
        .testTarget(
            name: "ConfigWatcherTests",
            dependencies: [
                "ConfigSignatures",
                "AsyncSupport", "ConfigModel", "ConfigWatcher", "ConfigWatcherSchemas", "EventBus", "FileSource",
                "RegistryAPI", "RegistryClient",
                "RegistrySource", "TestSupport", "WatcherCore",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .testTarget(
            name: "ConfigWatcherRouterTests",
            dependencies: [
                "ConfigModel", "ConfigWatcher", "ConfigWatcherRouter", "TestSupport", "WatcherCore",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        .testTarget(
            name: "RegistryConfigurationTests",
            dependencies: [
                "ConfigModel", "ConfigRegistry", "ConfigWatcher", "EventBus", "FileSource", "RegistryAPI",
                "RegistryClient",
                "RegistryConfiguration", "RegistryServer", "RegistrySource", "TestSupport",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ConfigurationTesting", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "FileSourceTests",
            dependencies: [
                "ConfigModel", "ConfigSignatures", "ConfigWatcher", "FileSource", "TestSupport", "WatcherCore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .testTarget(
            name: "ConfigAuditTests",
            dependencies: [
                "ConfigSignatures",
                "ConfigAudit", "ConfigModel", "ConfigRegistry", "EventBus", "RegistryAPI", "RegistryClient",
                "RegistryServer",
                "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "RegistryClientTests",
            dependencies: [
                "RegistryClientTLS",
                "ConfigModel", "ConfigRegistry", "EventBus", "RegistryAPI", "RegistryClient", "RegistryServer",
                "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .testTarget(
            name: "ConfigBenchTests", dependencies: ["ConfigBench", "ConfigModel", "ConfigStore", "TestSupport"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "ConfigSignatures", "RegistryClientTLS",
                "ConfigAccess", "ConfigBackup", "ConfigModel", "ConfigRegistry", "ConfigStore", "ConfigWatcher",
                "EventBus",
                "FileSource", "MongoStore",
                "RabbitBus", "RegistryAPI", "RegistryClient", "RegistryServer", "RegistrySource", "SQLiteStore",
                "TestSupport", "configbus",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// One set of settings for every Swift target of our own.
for target in package.targets where target.type != .system && target.name != "CRE2" {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .treatAllWarnings(as: .error),
            // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
            .enableUpcomingFeature("ExistentialAny"),
            // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
            .enableUpcomingFeature("InternalImportsByDefault"),
            // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
            .enableUpcomingFeature("MemberImportVisibility"),
            // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        ]
}
