#include "disk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct file {
    sqlite3_file base;
    struct faultdisk *disk;
    struct node *node;
    sqlite3_file *real;
};

static sqlite3_vfs *system_vfs;
static sqlite3_vfs vfs;
static sqlite3_io_methods methods;

#define REAL(f) (((struct file *)(f))->real)

static int file_write(sqlite3_file *f, const void *bytes, int count, sqlite3_int64 offset) {
    struct file *file = (struct file *)f;
    int result;
    pthread_mutex_lock(&faultdisk_lock);
    if (faultdisk_dead(file->disk)) result = SQLITE_IOERR_WRITE;
    else if (faultdisk_strikes(file->disk, FAULTDISK_FULL)) result = SQLITE_FULL;
    else if (faultdisk_strikes(file->disk, FAULTDISK_WRITE)) result = SQLITE_IOERR_WRITE;
    else {
        int cut = faultdisk_strikes(file->disk, FAULTDISK_CUT);
        faultdisk_record(file->node, bytes, count, offset);
        result = REAL(f)->pMethods->xWrite(REAL(f), bytes, count, offset);
        if (cut) result = SQLITE_IOERR_WRITE;
    }
    pthread_mutex_unlock(&faultdisk_lock);
    return result;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size) {
    struct file *file = (struct file *)f;
    int result;
    pthread_mutex_lock(&faultdisk_lock);
    if (faultdisk_dead(file->disk)) result = SQLITE_IOERR_TRUNCATE;
    else {
        int cut = faultdisk_strikes(file->disk, FAULTDISK_CUT);
        faultdisk_record(file->node, NULL, 0, size);
        result = REAL(f)->pMethods->xTruncate(REAL(f), size);
        if (cut) result = SQLITE_IOERR_TRUNCATE;
    }
    pthread_mutex_unlock(&faultdisk_lock);
    return result;
}

static int file_sync(sqlite3_file *f, int flags) {
    struct file *file = (struct file *)f;
    int result = SQLITE_OK;
    (void)flags; /* nothing real is synced: the image is what counts, and it is quick */
    pthread_mutex_lock(&faultdisk_lock);
    if (faultdisk_dead(file->disk) || faultdisk_strikes(file->disk, FAULTDISK_CUT))
        result = SQLITE_IOERR_FSYNC;
    else if (faultdisk_strikes(file->disk, FAULTDISK_SYNC)) {
        faultdisk_lost(file->node);
        result = SQLITE_IOERR_FSYNC;
    } else faultdisk_synced(file->disk, file->node);
    pthread_mutex_unlock(&faultdisk_lock);
    return result;
}

static int file_read(sqlite3_file *f, void *bytes, int count, sqlite3_int64 offset) {
    struct file *file = (struct file *)f;
    pthread_mutex_lock(&faultdisk_lock);
    int failed = faultdisk_dead(file->disk) || faultdisk_strikes(file->disk, FAULTDISK_READ);
    pthread_mutex_unlock(&faultdisk_lock);
    return failed ? SQLITE_IOERR_READ : REAL(f)->pMethods->xRead(REAL(f), bytes, count, offset);
}

/* --- what only goes through --- */

static int file_close(sqlite3_file *f) {
    return REAL(f)->pMethods ? REAL(f)->pMethods->xClose(REAL(f)) : SQLITE_OK;
}
static int file_size(sqlite3_file *f, sqlite3_int64 *size) {
    return REAL(f)->pMethods->xFileSize(REAL(f), size);
}
static int file_lock(sqlite3_file *f, int level) {
    return REAL(f)->pMethods->xLock(REAL(f), level);
}
static int file_unlock(sqlite3_file *f, int level) {
    return REAL(f)->pMethods->xUnlock(REAL(f), level);
}
static int file_reserved(sqlite3_file *f, int *out) {
    return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out);
}
static int file_control(sqlite3_file *f, int verb, void *argument) {
    /* Sizes set behind our back would be operations nobody counted. */
    if (verb == SQLITE_FCNTL_SIZE_HINT || verb == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_OK;
    return REAL(f)->pMethods->xFileControl(REAL(f), verb, argument);
}
static int file_sector(sqlite3_file *f) { (void)f; return 512; }
static int file_promises(sqlite3_file *f) { (void)f; return 0; } /* none: any sector may tear */
static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, out);
}
static int shm_lock(sqlite3_file *f, int offset, int count, int flags) {
    return REAL(f)->pMethods->xShmLock(REAL(f), offset, count, flags);
}
static void shm_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int shm_unmap(sqlite3_file *f, int remove) {
    return REAL(f)->pMethods->xShmUnmap(REAL(f), remove);
}

/* --- names --- */

static int vfs_open(sqlite3_vfs *v, const char *path, sqlite3_file *f, int flags, int *out) {
    struct file *file = (struct file *)f;
    (void)v;
    pthread_mutex_lock(&faultdisk_lock);
    struct faultdisk *disk = faultdisk_of(path);
    int dead = disk && faultdisk_dead(disk);
    /* Before the system makes the file: what is there now is durable, and a new file is empty. */
    struct node *node = disk && !dead ? faultdisk_node(disk, path) : NULL;
    if (node) faultdisk_opened(node);
    pthread_mutex_unlock(&faultdisk_lock);
    if (!disk) return system_vfs->xOpen(system_vfs, path, f, flags, out);
    memset(file, 0, sizeof *file);
    if (dead) return SQLITE_CANTOPEN;
    file->real = (sqlite3_file *)&file[1];
    file->disk = disk;
    file->node = node;
    int result = system_vfs->xOpen(system_vfs, path, file->real, flags, out);
    if (file->real->pMethods) file->base.pMethods = &methods;
    return result;
}

static int vfs_delete(sqlite3_vfs *v, const char *path, int durably) {
    (void)v;
    pthread_mutex_lock(&faultdisk_lock);
    struct faultdisk *disk = faultdisk_of(path);
    int result = SQLITE_IOERR_DELETE;
    if (!disk) result = system_vfs->xDelete(system_vfs, path, durably);
    else if (!faultdisk_dead(disk)) {
        int cut = faultdisk_strikes(disk, FAULTDISK_CUT);
        faultdisk_removed(disk, faultdisk_node(disk, path), durably && !cut);
        result = system_vfs->xDelete(system_vfs, path, 0);
        if (cut) result = SQLITE_IOERR_DELETE;
    }
    pthread_mutex_unlock(&faultdisk_lock);
    return result;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void set_up(void) {
    if (sqlite3_initialize() || !(system_vfs = sqlite3_vfs_find(NULL))) abort();
    methods = (sqlite3_io_methods){
        .iVersion = 2, .xClose = file_close, .xRead = file_read, .xWrite = file_write,
        .xTruncate = file_truncate, .xSync = file_sync, .xFileSize = file_size,
        .xLock = file_lock, .xUnlock = file_unlock, .xCheckReservedLock = file_reserved,
        .xFileControl = file_control, .xSectorSize = file_sector,
        .xDeviceCharacteristics = file_promises, .xShmMap = shm_map, .xShmLock = shm_lock,
        .xShmBarrier = shm_barrier, .xShmUnmap = shm_unmap,
    };
    vfs = *system_vfs; /* paths, randomness and time stay the system's */
    vfs.pNext = NULL;
    vfs.zName = "faultdisk";
    vfs.szOsFile = (int)sizeof(struct file) + system_vfs->szOsFile;
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    if (sqlite3_vfs_register(&vfs, 1)) abort();
}

void faultdisk_register(void) { pthread_once(&once, set_up); }
