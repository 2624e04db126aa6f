#ifndef CFAULTVFS_H
#define CFAULTVFS_H
#include <stdint.h>

/* A disk under SQLite that loses power, fills up or fails at a chosen operation.

   Files below a mounted folder are kept twice: the file itself is what a running system sees (the
   page cache), and an image in memory is what has reached the disk. A sync carries the first into
   the second; a power cut carries the second, and whatever part of the rest a mode chooses, back.
   All other files go through untouched, so that other tests of the same process notice nothing.

   What is a model here and not a disk: making a file is taken as durable at once, removing one
   becomes durable with the next sync of any file of the folder (as ext4 and xfs do), bits do not
   rot. Includes no SQLite header, so that it cannot clash with GRDB's. */
typedef struct faultdisk faultdisk;

enum faultdisk_fault {
    FAULTDISK_NONE = 0,
    FAULTDISK_CUT = 1,   /* the power goes at the Nth write, truncate, sync or delete, half done */
    FAULTDISK_FULL = 2,  /* no room from the Nth write on, until told otherwise */
    FAULTDISK_WRITE = 3, /* the Nth write fails, once */
    FAULTDISK_SYNC = 4,  /* the Nth sync fails, once, and what it should have carried is gone for
                            good though it can still be read, as on Linux */
    FAULTDISK_READ = 5   /* the Nth read fails, once */
};

/* What reached the disk of the operations that no sync followed. */
enum faultdisk_survival {
    FAULTDISK_DROPPED = 0, /* none */
    FAULTDISK_KEPT = 1,    /* all: the process died, not the machine */
    FAULTDISK_SUBSET = 2,  /* each with a chance of one half, whatever their order */
    FAULTDISK_TORN = 3     /* each 512-byte sector with a chance of one half */
};

/* Files of the folder that exist already count as durable. Aborts where SQLite has no file system. */
faultdisk *faultdisk_mount(const char *folder);
/* Forgets the folder; nothing in it may be open. */
void faultdisk_unmount(faultdisk *disk);

/* Sets the fault for the Nth operation of its kind from now on (1 is the next) and counts anew. */
void faultdisk_arm(faultdisk *disk, enum faultdisk_fault fault, int64_t at);
/* Operations since `faultdisk_arm` at which a fault could have struck. */
int64_t faultdisk_points(faultdisk *disk, enum faultdisk_fault fault);
/* Whether the fault that was set has struck. */
int faultdisk_struck(faultdisk *disk);
/* Writes what a machine finds after the power cut into another folder, with the same names; may be
   called again with another mode or seed, and while the files are open. 0, or an error number. */
int faultdisk_remains(
    faultdisk *disk, enum faultdisk_survival survival, uint64_t seed, const char *folder);
#endif
